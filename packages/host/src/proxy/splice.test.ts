import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { test } from 'vitest'
import { splice } from './splice.ts'

test('a side that has gone already takes the other with it', async ({ expect }) => {
  for (const turn of [0, 1]) {
    const sides = [new PassThrough(), new PassThrough()] as const
    const gone = sides[turn === 0 ? 0 : 1].destroy()
    await once(gone, 'close')
    splice(...sides)
    expect(sides.map(({ destroyed }) => destroyed)).toEqual([true, true])
  }
})
