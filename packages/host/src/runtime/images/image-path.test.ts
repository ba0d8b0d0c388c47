import { expect, it } from 'vitest'
import { argumentInImage, placeInImage } from './image-path.ts'

it.each([
  ['requirements.txt', '/root/app/requirements.txt'],
  ['/etc/hostname', '/root/etc/hostname'],
  ['../../../../etc/hostname', '/root/etc/hostname'],
])('%s stays in the image', (path, place) => {
  expect(placeInImage(path, '/app', '/root')).toBe(place)
})

it.each([
  ['mcp==1.30.0', 'mcp==1.30.0'],
  ['-r', '-r'],
  ['./x', './x'],
  ['--index-url=https://example.com/a/../b', '--index-url=https://example.com/a/../b'],
  ['../../../etc/hostname', '/root/etc/hostname'],
  ['-r../../etc/hostname', '-r/root/etc/hostname'],
  ['--requirement=/etc/hostname', '--requirement=/root/etc/hostname'],
  ['--requirement=a/../../../b', '--requirement=/root/b'],
])('the argument %s is %s', (word, expected) => {
  expect(argumentInImage(word, '/app', '/root')).toBe(expected)
})
