import { test } from 'vitest'
import { soak } from '../soak/soak.ts'

// The short form of `node packages/host/test/soak/soak.ts`, which opens a thousand.
test('50 sessions come and go, and nothing of them is left', async ({ expect }) => {
  expect(await soak({ sessions: 50, kills: 10 })).toEqual({
    strayAnswers: [],
    unexpected: [],
    leftProcesses: [],
    leftPorts: [],
    leftFolders: [],
    leftResources: [],
  })
})
