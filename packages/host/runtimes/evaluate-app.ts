// Evaluates an app file in a process of its own, so that every reload sees it afresh, and sends the
// definition to the host. Whatever the file throws goes to stderr, with its own stack.
const [file = ''] = process.argv.slice(2)
const module = (await import(file)) as { default?: unknown }
if (module.default === undefined) {
  console.error('The file has no default export; write `export default defineApp({ … })`')
  process.exit(2)
}
process.send?.(module.default, () => process.disconnect())
