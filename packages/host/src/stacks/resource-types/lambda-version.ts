import { HostError } from '../../kernel/host-error.ts'
import type { ResourceContext, ResourceType } from '../resource-type.ts'
import { asText } from './as-text.ts'
import { ignoreMissing } from './refusals.ts'
import { reportIgnored } from './report-ignored.ts'
import { checkInput } from './check-input.ts'
import { createOnce } from './create-once.ts'
import type { Gaps } from './gaps.ts'
import { inputOf, readInput } from './operation-input.ts'
import type { Output } from './output.ts'
import type { Properties } from './properties.ts'
import { readProperties } from './read-properties.ts'

const PROPERTIES = ['CodeSha256', 'Description', 'FunctionName']

export const VERSION_GAPS = {
  ignored: {
    FunctionScalingConfig: 'there are no managed instances',
    ProvisionedConcurrencyConfig: 'environments start when they are needed, and none is kept warm',
    RuntimePolicy: 'functions run on the runtimes of this machine',
  },
} satisfies Gaps

/**
 * AWS::Lambda::Version. Lambda answers with the version that there is when nothing has changed since;
 * it is another resource's, so that CloudFormation refuses to call it this one's.
 */
export const lambdaVersion: ResourceType = {
  type: 'AWS::Lambda::Version',
  properties: [...PROPERTIES, ...Object.keys(VERSION_GAPS.ignored)],
  required: ['FunctionName'],
  check(given) {
    const shape = inputOf('lambda', 'PublishVersion')
    return checkInput(shape, readProperties(shape, ownProperties(given)))
  },
  needsReplacement: () => true,
  async create(request) {
    reportIgnored(request, request.properties, VERSION_GAPS)
    const input = readInput('lambda', 'PublishVersion', ownProperties(request.properties))
    const FunctionName = asText(input['FunctionName'])
    const known = request.isRetry ? [] : await listVersions(request, FunctionName)
    const { physicalId } = await createOnce(request, {
      async create() {
        const published = await request.aws('lambda', 'PublishVersion', input)
        if (known.includes(asText(published['Version']))) throw versionExists(published)
        return published
      },
      idOf: ({ FunctionArn }) => asText(FunctionArn),
    })
    const Version = physicalId.split(':').at(-1) ?? ''
    return { physicalId, attributes: { FunctionArn: physicalId, Version } }
  },
  delete: (request) =>
    ignoreMissing(async () => {
      const [FunctionName, Qualifier] = request.physicalId.split(':').slice(-2)
      await request.aws('lambda', 'DeleteFunction', { FunctionName, Qualifier })
    }),
}

function ownProperties(given: Properties): Properties {
  const own = Object.entries(given).filter(([name]) => !(name in VERSION_GAPS.ignored))
  return Object.fromEntries(own)
}

function versionExists({ Version }: Output): HostError {
  return new HostError(
    'ERR_CONFLICT',
    `A version for this Lambda function exists ( ${asText(Version)} ). Modify the function to create a new version.`,
  )
}

async function listVersions(context: ResourceContext, FunctionName: string) {
  const versions: string[] = []
  let Marker: unknown
  do {
    const asked = { FunctionName, ...(Marker !== undefined && { Marker }) }
    const page = await context.aws('lambda', 'ListVersionsByFunction', asked)
    const listed = page['Versions'] as readonly { readonly Version: string }[]
    versions.push(...listed.map(({ Version }) => Version))
    Marker = page['NextMarker']
  } while (typeof Marker === 'string')
  return versions
}
