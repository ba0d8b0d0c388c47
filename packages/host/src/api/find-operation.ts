// Which service and which operation a request means. Services are told apart by the signing name in
// the credential scope; where two share one (both planes of AgentCore), or nobody signed, by what
// their protocol puts first: the target header, the form's Action, the path.
import type { Operation } from '../aws/service-model.ts'
import { readForm } from '../aws/query.ts'
import type { AwsRequestHead } from '../aws/signature-claim.ts'
import type { Service } from './create-service.ts'
import { unknownOperation } from './faults.ts'

export interface FoundOperation {
  readonly operation: Operation
  readonly labels: Readonly<Record<string, string>>
}

/** The service that a request is for, or undefined when none of them knows it. */
export function findService(
  request: AwsRequestHead,
  services: readonly Service[],
): Service | undefined {
  const signingName = findSigningName(request)
  const candidates =
    signingName === undefined
      ? services
      : services.filter((service) => service.signingName === signingName)
  if (signingName !== undefined && candidates.length === 1) return candidates[0]
  const addressed = candidates.find((service) => isAddressed(request, service))
  return addressed ?? (signingName === undefined ? undefined : candidates[0])
}

/** The signing name, read without judging the rest of the signature. */
function findSigningName({ headers, query }: AwsRequestHead): string | undefined {
  const credential = headers.authorization?.startsWith('AWS4-')
    ? headers.authorization
    : query.includes('X-Amz-Credential=')
      ? decodeText(query)
      : ''
  return /Credential=[^/,&]*\/\d{8}\/[a-z0-9-]*\/([a-z0-9-]+)\/aws4_request/.exec(credential)?.[1]
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return '' // the signature will be refused for what it lacks
  }
}

function isAddressed(
  { method, path, query, headers }: AwsRequestHead,
  { model }: Service,
): boolean {
  switch (model.protocol) {
    case 'rest-json':
      return model.findRoute(method, path) !== undefined
    case 'json':
      return targetOf(headers['x-amz-target']).prefix === model.targetPrefix
    case 'query': {
      const isForm =
        headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
      return path === '/' && (query.includes('Action=') || (method === 'POST' && isForm))
    }
  }
}

/** The operation that a request asks of its service; throws the answer to one that is not there. */
export function findOperation(
  { model }: Service,
  request: AwsRequestHead,
  body: Uint8Array,
): FoundOperation {
  switch (model.protocol) {
    case 'rest-json': {
      const route = model.findRoute(request.method, request.path)
      const operation = model.operations.get(route?.operation ?? '')
      if (route !== undefined && operation !== undefined) return { operation, labels: route.labels }
      const asked = `${request.method} ${request.path.slice(0, 200)}`
      throw unknownOperation(`${model.serviceId} has no operation at ${asked}`)
    }
    case 'json': {
      const { prefix, name } = targetOf(request.headers['x-amz-target'])
      return findByName(model, prefix === model.targetPrefix ? name : '')
    }
    case 'query': {
      const form = readForm({ body, query: request.query })
      return findByName(model, form.get('Action') ?? '')
    }
  }
}

function findByName(model: Service['model'], name: string): FoundOperation {
  const operation = model.operations.get(name)
  if (operation !== undefined) return { operation, labels: {} }
  const shown =
    name === '' ? 'The request names no operation' : `No operation ${name.slice(0, 100)}`
  throw unknownOperation(`${shown} of ${model.serviceId} ${model.apiVersion}`, model)
}

/** `AWSCognitoIdentityProviderService.InitiateAuth` */
function targetOf(header: string | string[] | undefined): { prefix: string; name: string } {
  const target = typeof header === 'string' ? header : ''
  const dot = target.lastIndexOf('.')
  return { prefix: target.slice(0, Math.max(dot, 0)), name: target.slice(dot + 1) }
}
