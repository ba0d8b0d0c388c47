import { defineServer, tool } from '@catamaran/tools'
import { z } from 'zod'

export default defineServer({
  name: 'greeter',
  tools: [
    tool({
      name: 'greet_user',
      description: 'Greet a user by name',
      input: z.object({ name: z.string().describe('The name of the user.') }),
      handler: ({ name }) => `Hello, ${name}! Nice to meet you. This is a test message.`,
    }),
  ],
})
