// A CDK app in a folder of its own: a Python function with a layer that is bundled "in Docker".
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from './temporary-folder.ts'
import { zipFiles } from './zip.ts'

const NODE_MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url))

const APP = `
import { App, CfnOutput, CustomResource, Duration, Stack } from 'aws-cdk-lib'
import * as lambda from 'aws-cdk-lib/aws-lambda'

const app = new App()
const stack = new Stack(app, 'Web')
const runtime = lambda.Runtime.PYTHON_3_13
const layer = new lambda.LayerVersion(stack, 'Packages', {
  code: lambda.Code.fromAsset('layer', {
    bundling: {
      image: runtime.bundlingImage,
      command: ['bash', '-c', 'pip install --no-index --find-links wheels -r requirements.txt -t /asset-output/python/'],
    },
  }),
})
const fn = new lambda.Function(stack, 'Function', {
  runtime,
  handler: 'index.handler',
  code: lambda.Code.fromAsset('src', { exclude: ['*.md'] }),
  layers: [layer],
  timeout: Duration.seconds(60),
})
const elsewhere = app.node.tryGetContext('elsewhere')
if (elsewhere) fn.node.addMetadata('catamaran:sources', [elsewhere])
if (app.node.tryGetContext('slow')) {
  const slow = new lambda.Function(stack, 'SlowHandler', {
    runtime,
    handler: 'index.handler',
    code: lambda.Code.fromInline(\`
import json, time, urllib.request
def handler(event, context):
    time.sleep(3 if event['RequestType'] == 'Create' else 0)
    keys = ('StackId', 'RequestId', 'LogicalResourceId')
    body = {'Status': 'SUCCESS', 'PhysicalResourceId': 'slow', **{key: event[key] for key in keys}}
    request = urllib.request.Request(event['ResponseURL'], data=json.dumps(body).encode(), method='PUT')
    urllib.request.urlopen(request)
\`),
    timeout: Duration.seconds(60),
  })
  new CustomResource(stack, 'Slow', { serviceToken: slow.functionArn, resourceType: 'Custom::Slow' })
}
new CfnOutput(stack, 'FunctionName', { value: fn.functionName })
`

export interface CdkApp extends AsyncDisposable {
  readonly dir: string
  /** Replaces a text in one of its files. */
  edit(name: string, from: string, to: string): Promise<void>
}

export async function createCdkApp(): Promise<CdkApp> {
  const folder = await temporaryFolder()
  const dir = folder.path
  await symlink(NODE_MODULES, join(dir, 'node_modules'))
  await mkdir(join(dir, 'layer/wheels'), { recursive: true })
  await mkdir(join(dir, 'src'))
  await writeFile(join(dir, 'package.json'), '{"type":"module"}')
  await writeFile(join(dir, 'cdk.json'), '{"app":"node app.js","context":{}}')
  await writeFile(join(dir, 'app.js'), APP)
  await writeFile(join(dir, 'layer/requirements.txt'), 'demo\n')
  await writeFile(join(dir, 'layer/wheels/demo-1.0-py3-none-any.whl'), demoWheel())
  await writeFile(
    join(dir, 'src/index.py'),
    'import demo\n\ndef handler(event, context):\n    return {"answer": demo.answer, "version": "one"}\n',
  )
  return {
    dir,
    async edit(name, from, to) {
      const file = join(dir, name)
      await writeFile(file, (await readFile(file, 'utf8')).replace(from, to))
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

/** A Python package that nobody has to download. */
export function demoWheel(): Buffer {
  const info = 'demo-1.0.dist-info'
  return zipFiles({
    'demo.py': 'answer = 42\n',
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n',
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: `demo.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  })
}
