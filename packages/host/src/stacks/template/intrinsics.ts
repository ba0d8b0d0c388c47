import { CONDITION_FUNCTIONS } from './condition-functions.ts'
import type { Intrinsic } from './intrinsic.ts'
import { LIST_FUNCTIONS } from './list-functions.ts'
import { LOOKUP_FUNCTIONS } from './lookup-functions.ts'
import { TEXT_FUNCTIONS } from './text-functions.ts'

/** Every function that a template may call here. `Fn::Transform` and macros are not among them. */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map(
  Object.entries({
    ...LOOKUP_FUNCTIONS,
    ...TEXT_FUNCTIONS,
    ...LIST_FUNCTIONS,
    ...CONDITION_FUNCTIONS,
  }),
)
