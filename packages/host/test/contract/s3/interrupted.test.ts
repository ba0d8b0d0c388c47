// What happens when a client goes away, a bucket goes away, or a host is killed, in the middle.
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { openBucketStore } from '../../../src/code/buckets/open-bucket-store.ts'
import { startS3World, type S3World } from '../../support/s3-world.ts'

const Bucket = 'interrupted'
const Key = 'a'

async function world(): Promise<S3World> {
  const world = await startS3World()
  await world.client.send(new CreateBucketCommand({ Bucket }))
  await world.client.send(new PutObjectCommand({ Bucket, Key, Body: 'old' }))
  return world
}

const incoming = ({ bucketsDir }: S3World) => readdir(join(bucketsDir, '.catamaran/.incoming'))

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await isTrue()) return
    await delay(10)
  }
  throw new Error('It never came true')
}

/** A body of which a megabyte has come; the rest comes when it is pushed. */
function slowBody(): Readable {
  const body = new Readable({ read() {} })
  body.push(randomBytes(1024 * 1024))
  return body
}

test('an upload that its client gives up leaves the old object, and nothing else', async ({
  expect,
}) => {
  await using it = await world()
  const controller = new AbortController()
  const body = slowBody()
  const command = new PutObjectCommand({ Bucket, Key, Body: body, ContentLength: 2_000_000 })
  const sent = it.client.send(command, { abortSignal: controller.signal })
  sent.catch(() => {})
  await until(async () => (await incoming(it)).length === 1)
  controller.abort()
  await expect(sent).rejects.toThrow()
  await until(async () => (await incoming(it)).length === 0)
  const found = await it.client.send(new GetObjectCommand({ Bucket, Key }))
  expect(await found.Body?.transformToString()).toBe('old')
  expect(it.logged).toEqual([])
})

test('a bucket that goes while bytes come is not made again', async ({ expect }) => {
  await using it = await world()
  const body = slowBody()
  const command = new PutObjectCommand({ Bucket, Key: 'b', Body: body, ContentLength: 1024 * 1024 })
  const sent = it.client.send(command)
  sent.catch(() => {})
  await until(async () => (await incoming(it)).length === 1)
  await it.store.objects.remove({ bucket: Bucket, key: Key })
  const owner = { accountId: '000000000000', region: 'us-east-1' }
  await it.store.buckets.delete(owner, Bucket)
  body.push(null)
  await expect(sent).rejects.toThrow()
  expect(await readdir(it.bucketsDir)).toEqual(['.catamaran'])
})

test('a download that its client gives up is no error of the host', async ({ expect }) => {
  await using it = await world()
  const large = randomBytes(20 * 1024 * 1024)
  await it.client.send(new PutObjectCommand({ Bucket, Key: 'large', Body: large }))
  const found = await it.client.send(new GetObjectCommand({ Bucket, Key: 'large' }))
  const body = found.Body as Readable
  await once(body, 'readable')
  body.destroy()
  const again = await it.client.send(new GetObjectCommand({ Bucket, Key }))
  expect(await again.Body?.transformToString()).toBe('old')
  expect(it.logged).toEqual([])
})

test('who may not write megabytes is told so', async ({ expect }) => {
  await using it = await world()
  const other = it.clientOf('111122223333')
  const Body = randomBytes(8 * 1024 * 1024)
  const refused = other.send(new PutObjectCommand({ Bucket, Key, Body }))
  await expect(refused).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('what a killed host has left of bytes that came is removed by the next one', async ({
  expect,
}) => {
  await using it = await world()
  const dir = join(it.bucketsDir, '.catamaran/.incoming')
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'left'), 'x')
  const { incoming: next } = openBucketStore({ bucketsDir: it.bucketsDir })
  await using file = await next.receive([Buffer.from('new')], { maxBytes: 10 })
  expect(await readdir(dir)).toHaveLength(1)
  expect(file.size).toBe(3)
})

test('notes of an object that never came are not those of the old one', async ({ expect }) => {
  await using it = await world()
  const notes = await it.store.objects.find({ bucket: Bucket, key: Key })
  // As a host leaves it that was killed between the notes and the bytes: notes first.
  const { dir, prefix } = it.store.buckets.layout.notesOf(Bucket, Key)
  await writeFile(
    join(dir, `${prefix}.999.999.json`),
    '{"etag":"never","headers":{},"metadata":{}}',
  )
  expect(await it.store.objects.find({ bucket: Bucket, key: Key })).toEqual(notes)
  await it.client.send(new PutObjectCommand({ Bucket, Key, Body: 'new' }))
  expect(await readdir(dir)).toHaveLength(1)
})
