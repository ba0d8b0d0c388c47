// CDK stacks of a test: synthesised by the real library, their files published as its command would.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { App, Stack } from 'aws-cdk-lib'
import { ZipFile } from 'yazl'
import { temporaryFolder } from './temporary-folder.ts'

export interface SynthesizedStack extends AsyncDisposable {
  readonly template: string
  /** Puts the files that the template names into the bucket it names. */
  publish(s3: S3Client): Promise<void>
}

interface FileAsset {
  readonly source: { readonly path: string; readonly packaging: 'file' | 'zip' }
  readonly destinations: Readonly<
    Record<string, { readonly bucketName: string; readonly objectKey: string }>
  >
}

/** One stack, of the account and Region that a host has without being told. */
export async function synthesize(build: (stack: Stack) => void): Promise<SynthesizedStack> {
  const folder = await temporaryFolder()
  const app = new App({ outdir: folder.path, analyticsReporting: false })
  const env = { account: '000000000000', region: 'us-east-1' }
  build(new Stack(app, 'It', { env }))
  app.synth()
  const manifest = await readFile(join(folder.path, 'It.assets.json'), 'utf8')
  const { files } = JSON.parse(manifest) as { readonly files: Readonly<Record<string, FileAsset>> }
  return {
    template: await readFile(join(folder.path, 'It.template.json'), 'utf8'),
    async publish(s3) {
      for (const { source, destinations } of Object.values(files)) {
        const path = join(folder.path, source.path)
        const Body = source.packaging === 'zip' ? await zipFolder(path) : await readFile(path)
        for (const { bucketName: Bucket, objectKey: Key } of Object.values(destinations)) {
          await s3.send(new PutObjectCommand({ Bucket, Key, Body }))
        }
      }
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

async function zipFolder(path: string): Promise<Buffer> {
  const zip = new ZipFile()
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (entry.isFile()) zip.addFile(file, file.slice(path.length + 1))
  }
  zip.end()
  return buffer(zip.outputStream)
}
