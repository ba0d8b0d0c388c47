/** What every environment of the function knows. */
export interface Identity {
  readonly functionName: string
  readonly functionVersion: string
  readonly invokedFunctionArn: string
  readonly memoryLimitInMB: string
  readonly logGroupName: string
  readonly logStreamName: string
}

/** The handler's second argument, with the members of Lambda's own ("Node.js context object"). */
export class InvocationContext implements Identity {
  callbackWaitsForEmptyEventLoop = true
  readonly functionName: string
  readonly functionVersion: string
  readonly invokedFunctionArn: string
  readonly memoryLimitInMB: string
  readonly logGroupName: string
  readonly logStreamName: string
  readonly awsRequestId: string
  readonly clientContext: unknown
  readonly identity: undefined
  readonly getRemainingTimeInMillis: () => number

  constructor(identity: Identity, requestId: string, clientContext: string, deadlineMs: number) {
    this.functionName = identity.functionName
    this.functionVersion = identity.functionVersion
    this.invokedFunctionArn = identity.invokedFunctionArn
    this.memoryLimitInMB = identity.memoryLimitInMB
    this.logGroupName = identity.logGroupName
    this.logStreamName = identity.logStreamName
    this.awsRequestId = requestId
    this.clientContext = clientContext === '' ? undefined : JSON.parse(clientContext)
    this.identity = undefined
    this.getRemainingTimeInMillis = () => deadlineMs - Date.now()
  }
}
