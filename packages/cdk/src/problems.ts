import { Annotations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/**
 * What is wrong with a construct: told when the app is synthesised, all of it at once and with the path
 * of the construct, so that a mistake costs no deployment and a second one no second try.
 */
export class Problems {
  readonly #scope: IConstruct
  readonly #found: string[] = []

  constructor(scope: IConstruct) {
    this.#scope = scope
    scope.node.addValidation({ validate: () => [...this.#found] })
  }

  get count(): number {
    return this.#found.length
  }

  /** Stops the synthesis. */
  add(problem: string): void {
    this.#found.push(problem)
  }

  /** Shown and not in the way; `cdk deploy --strict` stops for it. */
  warn(id: string, message: string): void {
    Annotations.of(this.#scope).addWarningV2(`@catamaran/cdk:${id}`, message)
  }
}
