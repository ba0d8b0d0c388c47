/** The caller left before its answer was complete; nobody is left to tell. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone'

  constructor() {
    super('The caller closed the connection')
  }
}
