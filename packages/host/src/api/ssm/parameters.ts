import { AwsFault } from '../../aws/aws-fault.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Scope } from '../../kernel/scope.ts'
import { keyInvalid } from '../../stacks/ssm-parameters/ssm-faults.ts'
import type { ReadSsmParameter } from '../../stacks/ssm-parameters/ssm-parameter.ts'
import type { SsmParameters } from '../../stacks/ssm-parameters/ssm-parameters.ts'
import type { Handlers } from '../operation.ts'
import { describeParameter } from './describe-parameter.ts'
import type { PutParameterRequest, SsmOperations } from './shapes.ts'
import { readTags } from './tags.ts'

const OWN_KEYS: ReadonlySet<string> = new Set(['alias/aws/ssm', 'aws/ssm'])

export function parameterOperations(parameters: SsmParameters): Handlers<SsmOperations> {
  return {
    async PutParameter(input, { scope, caller }) {
      refuseUnsupported(input)
      const { tier, versions } = await parameters.put(scope, {
        name: input.Name,
        value: input.Value,
        type: input.Type,
        tier: input.Tier,
        description: input.Description,
        allowedPattern: input.AllowedPattern,
        tags: input.Tags && readTags(input.Tags),
        overwrite: input.Overwrite ?? false,
        changedBy: caller.arn,
      })
      return { Version: versions.at(-1)?.version, Tier: tier }
    },
    GetParameter: ({ Name, WithDecryption }, { scope }) => ({
      Parameter: describeParameter(parameters.read(scope, Name), WithDecryption),
    }),
    GetParameters({ Names, WithDecryption }, { scope }) {
      const found = [...new Set(Names)].map((name) => ({ name, read: tryRead(scope, name) }))
      return {
        Parameters: found.flatMap(({ read }) =>
          read ? [describeParameter(read, WithDecryption)] : [],
        ),
        InvalidParameters: found.flatMap(({ name, read }) => (read ? [] : [name])),
      }
    },
    async DeleteParameter({ Name }, { scope }) {
      await parameters.delete(scope, Name)
      return {}
    },
    async DeleteParameters({ Names }, { scope }) {
      const [deleted, invalid]: [string[], string[]] = [[], []]
      for (const name of new Set(Names)) {
        const isThere = parameters.find(scope, name)?.parameter.name === name
        if (isThere && (await tryDelete(scope, name))) deleted.push(name)
        else invalid.push(name)
      }
      return { DeletedParameters: deleted, InvalidParameters: invalid }
    },
  }

  /** A name or a version that is not there is listed as invalid, not refused. */
  function tryRead(scope: Scope, name: string): ReadSsmParameter | undefined {
    try {
      return parameters.find(scope, name)
    } catch (error) {
      if (error instanceof AwsFault) return undefined
      throw error
    }
  }

  async function tryDelete(scope: Scope, name: string): Promise<boolean> {
    try {
      await parameters.delete(scope, name)
      return true
    } catch (error) {
      if (error instanceof AwsFault) return false // somebody else was first, or nobody wrote it
      throw error
    }
  }
}

/** What would be ignored otherwise. */
function refuseUnsupported({ KeyId, Policies, DataType, Type }: PutParameterRequest): void {
  if (KeyId !== undefined && Type !== 'SecureString') {
    throw new HostError(
      'ERR_INVALID_INPUT',
      'KeyId is required for SecureString type parameter only.',
    )
  }
  if (KeyId !== undefined && !OWN_KEYS.has(KeyId)) throw keyInvalid(KeyId)
  if (Policies !== undefined && !/^\s*\[\s*\]\s*$/.test(Policies)) {
    throw new HostError(
      'ERR_NOT_SUPPORTED',
      'Policies of parameters are not supported by this host.',
    )
  }
  if (DataType !== undefined && DataType !== 'text') {
    throw new HostError('ERR_NOT_SUPPORTED', `DataType ${DataType} is not supported by this host.`)
  }
}
