import { test } from 'vitest'
import { describeInitError } from './describe-init-error.ts'

test('a syntax error is shown with its place and its source line', ({ expect }) => {
  const error = {
    errorType: 'Runtime.UserCodeSyntaxError',
    errorMessage: 'SyntaxError: Expression expected',
    stackTrace: [
      '/code/server.ts:3',
      '  const x = ;',
      '            ^',
      '',
      'SyntaxError [ERR_INVALID_TYPESCRIPT_SYNTAX]: Expression expected',
      '    at parseTypeScript (node:internal/modules/typescript:72:36)',
    ],
  }
  expect(describeInitError(error)).toMatchInlineSnapshot(`
    "Runtime.UserCodeSyntaxError: SyntaxError: Expression expected
    /code/server.ts:3
      const x = ;
                ^"
  `)
})

test('an error at load is shown with the frames of the code', ({ expect }) => {
  const error = {
    errorType: 'RangeError',
    errorMessage: 'at load',
    stackTrace: [
      'RangeError: at load',
      '    at file:///code/server.ts:1:7',
      '    at ModuleJob.run (node:internal/modules/esm/module_job:561:25)',
      '    at async node:internal/modules/esm/loader:647:26',
    ],
  }
  expect(describeInitError(error)).toBe('RangeError: at load\n    at file:///code/server.ts:1:7')
})

test('an error without a stack is its type and message', ({ expect }) => {
  const error = { errorType: 'Runtime.ExitError', errorMessage: 'exit status 1' }
  expect(describeInitError(error)).toBe('Runtime.ExitError: exit status 1')
})

test('what the message says is not said again', ({ expect }) => {
  const error = {
    errorType: 'Runtime.ImportModuleError',
    errorMessage: "Error: Cannot find module 'x'\nRequire stack:\n- /code/index.js",
    stackTrace: [
      "Error: Cannot find module 'x'",
      'Require stack:',
      '- /code/index.js',
      '    at Function.<anonymous> (node:internal/modules/cjs/loader:1225:15)',
      '    at Object.<anonymous> (/code/index.js:1:7)',
    ],
  }
  expect(describeInitError(error)).toMatchInlineSnapshot(`
    "Runtime.ImportModuleError: Error: Cannot find module 'x'
    Require stack:
    - /code/index.js
        at Object.<anonymous> (/code/index.js:1:7)"
  `)
})
