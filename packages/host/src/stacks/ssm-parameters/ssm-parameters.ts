// Parameter Store (SSM 2014-11-06): parameters with versions, paths and tags.
//
// What is different, and stays so:
// - Every value is sealed under the host's master key, also that of a String. Without decryption a
//   SecureString is shown as it is sealed.
// - `/cdk-bootstrap/<qualifier>/version` can be read although nobody wrote it: a host needs no
//   bootstrapping, and the templates and tools of the CDK look there for what they need.
// What is missing, and refused rather than ignored:
// - Labels, parameter policies, KMS keys of one's own, data types other than text.
import type { Sealer } from '../../kernel/seal.ts'
import type { Scope } from '../../kernel/scope.ts'
import { createTurns } from '../../kernel/turns.ts'
import type { Store } from '../../store/store.ts'
import { loadScopedRows, rowId } from '../../store/scoped-rows.ts'
import { bootstrapParameter } from './bootstrap-parameter.ts'
import * as faults from './ssm-faults.ts'
import {
  changedParameter,
  MAX_TAGS,
  newParameter,
  type SsmParameterInput,
} from './ssm-parameter-input.ts'
import { parseReference, readNewName } from './ssm-parameter-name.ts'
import type { ReadSsmParameter, SsmParameter, SsmParameterVersion } from './ssm-parameter.ts'

export interface SsmParameters {
  /** Creates a parameter, or with `overwrite` gives it one more version. */
  put(scope: Scope, input: SsmParameterInput): Promise<SsmParameter>
  /** By name or ARN, perhaps with a version behind it; throws ParameterNotFound. */
  read(scope: Scope, reference: string): ReadSsmParameter
  find(scope: Scope, reference: string): ReadSsmParameter | undefined
  list(scope: Scope): readonly SsmParameter[]
  /** The newest version. */
  reveal(parameter: SsmParameter): ReadSsmParameter
  delete(scope: Scope, name: string): Promise<void>
  tags(scope: Scope, name: string): Readonly<Record<string, string>>
  /** What is undefined is removed. */
  changeTags(scope: Scope, name: string, tags: TagChange): Promise<void>
}

type TagChange = Readonly<Record<string, string | undefined>>

interface SsmParametersOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly now?: () => number
}

const KIND = 'ssm-parameter'
const MAX_PARAMETERS = 10_000
const MAX_VERSIONS = 100

export async function openSsmParameters(options: SsmParametersOptions): Promise<SsmParameters> {
  const { store, sealer, now = Date.now } = options
  const rows = await loadScopedRows<SsmParameter>(store, KIND)
  const inTurn = createTurns()
  const context = (parameter: Pick<SsmParameter, 'scope' | 'name'>) => `${KIND}/${rowId(parameter)}`
  const reveal = (parameter: SsmParameter, version: SsmParameterVersion): ReadSsmParameter => ({
    parameter,
    version,
    value: sealer.open(version.sealedValue, context(parameter)),
  })

  const findRow = (scope: Scope, name: string): SsmParameter | undefined =>
    rows.find(scope, name) ?? (name.startsWith('/') ? rows.find(scope, name.slice(1)) : undefined)
  const getForTags = (scope: Scope, name: string): SsmParameter => {
    const parameter = findRow(scope, parseReference(scope, name)?.name ?? '')
    if (parameter) return parameter
    throw faults.resourceInvalid(name)
  }

  function find(scope: Scope, reference: string): ReadSsmParameter | undefined {
    const { name, version: asked } = parseReference(scope, reference) ?? { name: '' }
    const isArn = reference.startsWith('arn:')
    const parameter = isArn ? findRow(scope, name) : rows.find(scope, name)
    if (parameter === undefined) return asked === undefined ? bootstrap(scope, name) : undefined
    const version =
      asked === undefined
        ? parameter.versions.at(-1)
        : parameter.versions.find((each) => String(each.version) === asked)
    if (version === undefined) throw faults.versionMissing(name, asked ?? '')
    return {
      ...reveal(parameter, version),
      ...(asked !== undefined && { selector: `:${asked}` }),
    }
  }

  function bootstrap(scope: Scope, name: string): ReadSsmParameter | undefined {
    const value = bootstrapParameter(name)
    if (value === undefined) return undefined
    const version = { version: 1, sealedValue: '', changedAtMs: 0, changedBy: '' }
    const rest = { type: 'String', tier: 'Standard', tags: {}, versions: [version] } as const
    return { parameter: { scope, name, ...rest }, version, value }
  }

  async function write(
    parameter: SsmParameter,
    { value, changedBy }: SsmParameterInput,
  ): Promise<SsmParameter> {
    const version = (parameter.versions.at(-1)?.version ?? 0) + 1
    const sealedValue = sealer.seal(value, context(parameter))
    const added = { version, sealedValue, changedAtMs: now(), changedBy }
    const versions = [...parameter.versions, added].slice(-MAX_VERSIONS)
    const changed = { ...parameter, versions }
    await rows.put(changed)
    return changed
  }

  return {
    put: (scope, input) =>
      inTurn(async () => {
        readNewName(input.name)
        const known = rows.find(scope, input.name)
        if (known) return write(changedParameter(known, input), input)
        if (rows.list(scope).length >= MAX_PARAMETERS) {
          throw faults.tooManyParameters(MAX_PARAMETERS)
        }
        return write(newParameter(scope, input), input)
      }),
    find,
    read(scope, reference) {
      const found = find(scope, reference)
      if (found) return found
      throw faults.parameterMissing(reference)
    },
    list: (scope) => rows.list(scope),
    reveal(parameter) {
      const version = parameter.versions.at(-1)
      if (version === undefined) throw faults.parameterMissing(parameter.name)
      return reveal(parameter, version)
    },
    delete: (scope, name) =>
      inTurn(async () => {
        const parameter = rows.find(scope, name)
        if (parameter === undefined) throw faults.parameterMissing(name)
        await rows.remove(parameter)
      }),
    tags: (scope, name) => getForTags(scope, name).tags,
    changeTags: (scope, name, change) =>
      inTurn(async () => {
        const parameter = getForTags(scope, name)
        const tags = Object.fromEntries(
          Object.entries({ ...parameter.tags, ...change }).filter(
            (entry): entry is [string, string] => entry[1] !== undefined,
          ),
        )
        if (Object.keys(tags).length > MAX_TAGS) throw faults.tooManyTags(MAX_TAGS)
        await rows.put({ ...parameter, tags })
      }),
  }
}
