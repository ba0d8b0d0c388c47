// Preloaded into children that run an author's files from a folder where nothing is installed: the
// packages every tool file imports are then the host's own. What is installed always wins.
import { registerHooks } from 'node:module'

const OURS = /^(?:@catamaran\/tools|catamaran\/app|zod)(?:\/|$)/

registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context)
    } catch (error) {
      if (!OURS.test(specifier)) throw error
      return next(specifier, { ...context, parentURL: import.meta.url })
    }
  },
})
