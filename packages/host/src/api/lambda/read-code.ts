import type { CodeSource } from '../../functions/code-source.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { FunctionCode } from './shapes.ts'

/** Where the code of a function or of a layer is; one place, and one this host can read. */
export function readCode(code: FunctionCode): CodeSource {
  if (code.ImageUri !== undefined) {
    throw notSupported(
      'Functions are not run from container images here; give the code as ZipFile or S3Bucket and S3Key, with a bootstrap and provided.al2023 for any language',
    )
  }
  if (code.S3ObjectVersion !== undefined) {
    throw notSupported('Local buckets keep no versions of an object; leave S3ObjectVersion out')
  }
  if (code.S3ObjectStorageMode === 'REFERENCE') {
    throw notSupported('Code is always copied from its bucket; S3ObjectStorageMode can be COPY')
  }
  if (code.SourceKMSKeyArn !== undefined) {
    throw notSupported('There is no KMS here; leave SourceKMSKeyArn out')
  }
  const { ZipFile: zip, S3Bucket: bucket, S3Key: key } = code
  const isObject = bucket !== undefined || key !== undefined
  if (zip !== undefined && isObject) {
    throw invalid('Please do not provide other FunctionCode parameters when providing a ZipFile.')
  }
  if (zip !== undefined) return { kind: 'bytes', zip }
  if (bucket !== undefined && key !== undefined) return { kind: 'object', bucket, key }
  throw invalid('Please provide a source for function code.')
}

function notSupported(message: string): HostError {
  return new HostError('ERR_NOT_SUPPORTED', message)
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
