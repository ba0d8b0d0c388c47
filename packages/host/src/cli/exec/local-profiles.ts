import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { LocalKeys, Variables } from './aws-variables.ts'

/**
 * Takes the place of `~/.aws`: the same profile names, so that a program which names one still finds it,
 * and nothing else of what is there; all of them hold the local keys.
 */
export async function writeLocalProfiles(
  folder: string,
  keys: LocalKeys,
  environment: Variables,
): Promise<Variables> {
  const aws = join(homedir(), '.aws')
  const names = new Set([
    'default',
    ...(await readProfileNames(environment['AWS_CONFIG_FILE'] || join(aws, 'config'))),
    ...(await readProfileNames(
      environment['AWS_SHARED_CREDENTIALS_FILE'] || join(aws, 'credentials'),
    )),
  ])
  const { accessKeyId, secretAccessKey } = keys
  const values = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
  const config = [...names].map((it) => (it === 'default' ? '[default]\n' : `[profile ${it}]\n`))
  const credentials = [...names].map((it) => `[${it}]\n${values}`)
  const local = join(folder, 'aws')
  await mkdir(local)
  const files = {
    AWS_CONFIG_FILE: join(local, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(local, 'credentials'),
  }
  await writeFile(files.AWS_CONFIG_FILE, config.join(''), { mode: 0o600 })
  await writeFile(files.AWS_SHARED_CREDENTIALS_FILE, credentials.join(''), { mode: 0o600 })
  return files
}

async function readProfileNames(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '') // many people have none
  const headings = text.matchAll(/^\s*\[\s*(?:profile\s+)?([^\]\s]+)\s*\]/gm)
  return Array.from(headings, ([, name = '']) => name)
}
