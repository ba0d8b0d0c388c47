import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { languageOf, readBuiltImage } from './image-language.ts'

test('images of Python and Node are known wherever they are mirrored', ({ expect }) => {
  const python = (asked: string | undefined) => ({ language: 'python', asked })
  expect(languageOf('public.ecr.aws/sam/build-python3.13')).toEqual(python('python3.13'))
  expect(languageOf('public.ecr.aws/sam/build-python3.13:latest-arm64')).toEqual(
    python('python3.13'),
  )
  expect(languageOf('python:3.12-slim')).toEqual(python('python3.12'))
  expect(languageOf('ghcr.io/astral-sh/uv:python3.11-bookworm-slim')).toEqual(python('python3.11'))
  expect(languageOf('public.ecr.aws/lambda/python:3.10')).toEqual(python('python3.10'))
  expect(languageOf('localhost:5000/docker.io/library/node:22@sha256:00')).toEqual({
    language: 'node',
  })
  expect(languageOf('public.ecr.aws/sam/build-nodejs22.x')).toEqual({ language: 'node' })
  expect(languageOf('golang:1.25')).toBeUndefined()
  expect(languageOf('dummy')).toBeUndefined()
})

test('a Dockerfile tells what it starts from and which tools it wants', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'Dockerfile')
  await writeFile(
    file,
    [
      'ARG IMAGE=public.ecr.aws/sam/build-python3.7',
      'FROM --platform=linux/amd64 $IMAGE',
      'ARG UV_VERSION=0.6.9',
      'RUN pip install --upgrade pip && \\',
      '    pip install uv==${UV_VERSION} poetry==1.5.1',
    ].join('\n'),
  )
  const image = await readBuiltImage(file, { IMAGE: 'public.ecr.aws/sam/build-python3.12' })
  expect(image).toEqual({
    language: { language: 'python', asked: 'python3.12' },
    tools: { uv: '0.6.9', poetry: '1.5.1' },
  })
  await writeFile(file, 'FROM rust:1\nRUN cargo install x')
  expect(await readBuiltImage(file, {})).toBeUndefined()
})
