import { RuntimeFault } from './fault.ts'

/** Refuses a POST whose `Accept` lacks one of the two types that an MCP server may answer with. */
export function checkAccept(accept: string | undefined): void {
  const types = accept?.toLowerCase() ?? ''
  if (types.includes('application/json') && types.includes('text/event-stream')) return
  if (!types.includes('*/*')) throw new RuntimeFault('NotAcceptable')
}
