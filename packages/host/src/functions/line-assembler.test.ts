import fc from 'fast-check'
import { test } from 'vitest'
import { LineAssembler } from './line-assembler.ts'

test('however a text is cut, its lines are the same', ({ expect }) => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n') })
  fc.assert(
    fc.property(fc.array(text), (pieces) => {
      const lines: string[] = []
      const assembler = new LineAssembler((line) => lines.push(line))
      for (const piece of pieces) assembler.push(piece)
      assembler.end()
      const whole = pieces.join('')
      expect(lines).toEqual(whole === '' ? [] : whole.replace(/\n$/, '').split('\n'))
    }),
  )
})
