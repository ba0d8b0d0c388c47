/** The sentence every subject must give back; a wrong one ends the measurement. */
export function greeting(name: string): string {
  return `Hello, ${name}! Nice to meet you. This is a test message.`
}
