import { test, vi } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { findOtherHostOf, publishHost } from './host-record.ts'

test('a record with our own process id is a dead host, not another one', async ({ expect }) => {
  await using folder = await temporaryFolder()
  vi.stubEnv('XDG_STATE_HOME', folder.path)
  const dataDir = '/data'
  const startedAt = new Date().toISOString()
  const record = {
    url: 'http://127.0.0.1:1',
    app: '',
    dataDir,
    startedAt,
    gateways: [],
    runtimes: [],
  }
  await publishHost({ ...record, pid: process.pid })
  expect(await findOtherHostOf(dataDir)).toBeUndefined()
  await publishHost({ ...record, pid: process.ppid })
  expect(await findOtherHostOf(dataDir)).toMatchObject({ pid: process.ppid })
  vi.unstubAllEnvs()
})
