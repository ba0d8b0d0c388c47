export async function handler({ name }) {
  return `${process.env.GREETING}, ${name}!`
}
