// Your tools, written once. `npx catamaran up` hosts them both as an agent runtime and behind a gateway,
// and brings in what you change here as soon as you save.
import { defineServer, tool } from '@catamaran/tools'
import { z } from 'zod'

export default defineServer({
  name: '{{name}}',
  tools: [
    tool({
      // A model decides by name and description whether to call a tool: say what it is good for.
      name: 'count_words',
      description: 'Count the words and characters of a text',
      // The arguments. They are checked before your code runs; a description helps the model to fill them.
      input: z.object({
        text: z.string().describe('The text to count, in any language.'),
      }),
      // Return a text or any JSON value. Throw an error, and the model reads its message.
      handler: ({ text }) => {
        const split = (granularity: 'word' | 'grapheme') => [
          ...new Intl.Segmenter(undefined, { granularity }).segment(text),
        ]
        const words = split('word').filter(({ isWordLike }) => isWordLike)
        return { words: words.length, characters: split('grapheme').length }
      },
    }),
    // The next tool goes here. A handler's second argument, `context`, has more: `context.signal` is aborted
    // when the caller gives up, `context.progress(done, total, message)` reports on the way, and
    // `context.log(level, message)` writes to the log.
  ],
})
