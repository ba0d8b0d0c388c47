// Asks GPT-5, which searches the web, and answers in Japanese: the article's tool, written once.
// It needs OPENAI_API_KEY when it is called, not when it starts; see catamaran.app.ts.
import { defineServer, tool } from '@catamaran/tools'
import { z } from 'zod'
import { searchTheWeb } from './search-the-web.ts'

export default defineServer({
  name: 'openai-web-search',
  tools: [
    tool({
      name: 'openai_web_search',
      description:
        'An AI agent with advanced web search capabilities. Useful for finding the latest information, troubleshooting errors, and discussing ideas or design challenges. Supports natural language queries.',
      annotations: { readOnlyHint: true, openWorldHint: true },
      input: z.object({
        question: z
          .string()
          .describe(
            'Question text to send to OpenAI GPT-5. It supports natural language queries. Write in Japanese. Be direct and specific about your requirements. Avoid chain-of-thought instructions like `think step by step` as GPT-5 handles reasoning internally.',
          ),
      }),
      handler: ({ question }, context) => {
        let steps = 0
        return searchTheWeb({
          question,
          apiKey: process.env.OPENAI_API_KEY ?? '',
          // Passed on as '' when not set.
          baseUrl: process.env.OPENAI_BASE_URL || 'https://api.openai.com/v1',
          signal: context.signal,
          onProgress: (message) => context.progress(++steps, undefined, message),
        })
      },
    }),
  ],
})
