import type { Json } from '../json.ts'

/** What `AWS::NoValue` evaluates to: the member or element that it is the value of is not there. */
export const NO_VALUE = Symbol('AWS::NoValue')

export type Evaluated = Json | typeof NO_VALUE
