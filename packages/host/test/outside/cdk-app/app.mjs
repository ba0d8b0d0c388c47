// A small app as people write it: a function from a folder, a role, a parameter, an output.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda'

const app = new App()
const stack = new Stack(app, 'Greeter')
const greeter = new Function(stack, 'Greet', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromAsset('function'),
  timeout: Duration.seconds(10),
  environment: { GREETING: process.env.GREETING ?? 'Hello' },
})
const output = new CfnOutput(stack, 'FunctionName', { value: greeter.functionName })
output.description = 'What to invoke'
