import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export const GREETER = fixture('greet-server.ts')

export function fixture(name: string): string {
  return join(import.meta.dirname, '..', 'fixtures', name)
}

/** An app whose assembly goes when the test is over, with a stack named `Test`. */
export function testApp(context: Readonly<Record<string, unknown>> = {}): {
  readonly app: App
  readonly stack: Stack
} {
  const outdir = mkdtempSync(join(tmpdir(), 'catamaran-cdk-'))
  onTestFinished(() => rmSync(outdir, { recursive: true, force: true }))
  const app = new App({ outdir, context })
  return { app, stack: new Stack(app, 'Test') }
}

/** The template of a stack in which `build` made something. */
export function synthesize(build: (stack: Stack) => void): Template {
  const { stack } = testApp()
  build(stack)
  return Template.fromStack(stack)
}

/** What the synthesis is refused with. */
export function refusal(build: (stack: Stack) => void): string {
  const { app, stack } = testApp()
  build(stack)
  try {
    app.synth()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('It was synthesised.')
}

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>
}

/** The properties of the only resource of a type. */
export function only(template: Template, type: string): Readonly<Record<string, unknown>> {
  const found = Object.values(template.findResources(type)) as Resource[]
  if (found.length === 1 && found[0] !== undefined) return found[0].Properties
  throw new Error(`${found.length} resources of the type ${type}`)
}
