// Lists of parameters, in the order of their names.
import { AwsFault } from '../../aws/aws-fault.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { SsmParameter } from '../../stacks/ssm-parameters/ssm-parameter.ts'
import type { SsmParameters } from '../../stacks/ssm-parameters/ssm-parameters.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { describeMetadata, describeParameter } from './describe-parameter.ts'
import type { ParameterStringFilter, SsmOperations } from './shapes.ts'

const PATH_PAGE = 10
const METADATA_PAGE = 50

export function parameterLists(parameters: SsmParameters): Handlers<SsmOperations> {
  return {
    GetParametersByPath(input, { scope }) {
      const { Path, Recursive = false, ParameterFilters = [], WithDecryption } = input
      if (!Path.startsWith('/')) throw pathWrong()
      const isBelow = below(Path, Recursive)
      const isChosen = readFilters(ParameterFilters)
      const chosen = parameters.list(scope).filter((each) => isBelow(each) && isChosen(each))
      const page = paginate(chosen, {
        maxResults: input.MaxResults,
        nextToken: input.NextToken,
        limit: PATH_PAGE,
        keyOf: ({ name }) => name,
      })
      return {
        Parameters: page.items.map((parameter) =>
          describeParameter(parameters.reveal(parameter), WithDecryption),
        ),
        NextToken: page.nextToken,
      }
    },
    DescribeParameters(input, { scope }) {
      const { Filters = [], ParameterFilters = [], Shared = false } = input
      if (Shared) throw notSupported('Shared')
      if (Filters.length > 0) throw notSupported('Filters (older than ParameterFilters)')
      const page = paginate(parameters.list(scope).filter(readFilters(ParameterFilters)), {
        maxResults: input.MaxResults,
        nextToken: input.NextToken,
        limit: METADATA_PAGE,
        keyOf: ({ name }) => name,
      })
      return { Parameters: page.items.map(describeMetadata), NextToken: page.nextToken }
    },
  }
}

type Chooser = (parameter: SsmParameter) => boolean

/** A parameter is chosen when every filter has a value that fits it. */
function readFilters(filters: readonly ParameterStringFilter[]): Chooser {
  const choosers = filters.map(readFilter)
  return (parameter) => choosers.every((isChosen) => isChosen(parameter))
}

function readFilter({ Key, Option, Values = [] }: ParameterStringFilter): Chooser {
  if (Key === 'Path') return readPathFilter(Option ?? 'OneLevel', Values)
  const compare = COMPARISONS[Option ?? 'Equals']
  const valueOf = Key.startsWith('tag:') ? tagOf(Key.slice('tag:'.length)) : VALUES[Key]
  if (valueOf === undefined) {
    throw fault('InvalidFilterKey', `${Key} is not a key that this host filters by.`)
  }
  if (compare === undefined) {
    throw fault('InvalidFilterOption', `${Option} is not an option of the filter ${Key}.`)
  }
  if (Values.length === 0 && !Key.startsWith('tag:')) {
    throw fault('InvalidFilterValue', `The filter ${Key} needs a value.`)
  }
  return (parameter) => {
    const value = valueOf(parameter)
    if (value === undefined) return false
    return Values.length === 0 || Values.some((wanted) => compare(value, wanted))
  }
}

const COMPARISONS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  Equals: (value, wanted) => value === wanted,
  BeginsWith: (value, wanted) => value.startsWith(wanted),
  Contains: (value, wanted) => value.includes(wanted),
}

const VALUES: Readonly<Record<string, (parameter: SsmParameter) => string | undefined>> = {
  Name: ({ name }) => name,
  Type: ({ type }) => type,
  Tier: ({ tier }) => tier,
  DataType: () => 'text',
  KeyId: ({ type }) => (type === 'SecureString' ? 'alias/aws/ssm' : undefined),
}

function tagOf(key: string) {
  return ({ tags }: SsmParameter): string | undefined => tags[key]
}

function readPathFilter(option: string, paths: readonly string[]): Chooser {
  if (option !== 'OneLevel' && option !== 'Recursive') {
    throw fault('InvalidFilterOption', 'The filter Path has the options OneLevel and Recursive.')
  }
  if (paths.length === 0 || !paths.every((path) => path.startsWith('/'))) {
    throw fault('InvalidFilterValue', 'The filter Path needs paths that begin with a slash.')
  }
  const choosers = paths.map((path) => below(path, option === 'Recursive'))
  return (parameter) => choosers.some((isBelow) => isBelow(parameter))
}

/** `/` is the path of names without a slash, too. */
function below(path: string, isRecursive: boolean): Chooser {
  const prefix = path.endsWith('/') ? path : `${path}/`
  return ({ name }) => {
    const full = name.startsWith('/') ? name : `/${name}`
    if (!full.startsWith(prefix)) return false
    return isRecursive || !full.slice(prefix.length).includes('/')
  }
}

function pathWrong(): HostError {
  return new HostError(
    'ERR_INVALID_INPUT',
    'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
  )
}

function notSupported(member: string): HostError {
  return new HostError('ERR_NOT_SUPPORTED', `${member} is not supported by this host.`)
}

function fault(name: string, message: string): AwsFault {
  return new AwsFault(name, 400, message)
}
