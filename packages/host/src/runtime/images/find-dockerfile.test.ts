import { expect, it } from 'vitest'
import { findDockerfile } from './find-dockerfile.ts'

it('finds a Dockerfile below the folder, and nowhere else', () => {
  expect(findDockerfile('/tmp/context', 'docker/Dockerfile')).toBe('/tmp/context/docker/Dockerfile')
  for (const name of ['../../etc/x', '../context-x/Dockerfile', '.', '']) {
    expect(() => findDockerfile('/tmp/context', name)).toThrow('is no file of the build folder')
  }
})
