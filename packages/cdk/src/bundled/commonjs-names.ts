// Injected by the bundler where CommonJS code uses these without a declaration of its own.
export const __filename = import.meta.filename
export const __dirname = import.meta.dirname
