/** What every environment of the function knows. */
export interface Identity {
  readonly functionName: string
  readonly functionVersion: string
  readonly memoryLimitInMB: string
  readonly logGroupName: string
  readonly logStreamName: string
}

/** What one invocation is called, and as what the function was called. */
export interface Call {
  readonly requestId: string
  /** With the version or alias, if the caller named one. */
  readonly invokedFunctionArn: string
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

  constructor(identity: Identity, call: Call, clientContext: string, deadlineMs: number) {
    this.functionName = identity.functionName
    this.functionVersion = identity.functionVersion
    this.invokedFunctionArn = call.invokedFunctionArn
    this.memoryLimitInMB = identity.memoryLimitInMB
    this.logGroupName = identity.logGroupName
    this.logStreamName = identity.logStreamName
    this.awsRequestId = call.requestId
    this.clientContext = clientContext === '' ? undefined : JSON.parse(clientContext)
    this.identity = undefined
    this.getRemainingTimeInMillis = () => deadlineMs - Date.now()
  }
}
