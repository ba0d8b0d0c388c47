import { changeFunction, type ControlContext, type FunctionName } from './control-context.ts'

/** Reserves environments for a function and limits it to them; 0 stops it, undefined takes it back. */
export function putConcurrency(
  context: ControlContext,
  name: FunctionName,
  reservedConcurrency: number | undefined,
): Promise<void> {
  return changeFunction(context, name, async (record) => ({
    record: { ...record, reservedConcurrency },
    result: undefined,
  }))
}
