/** Told to the author before anything is served, with every mistake at once where that is possible. */
export class ServerDefinitionError extends Error {
  override readonly name = 'ServerDefinitionError'
}
