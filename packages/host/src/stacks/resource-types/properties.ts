/** Properties, adapted: still in CloudFormation's spelling, and bytes where JSON has none. */
export type Properties = Readonly<Record<string, unknown>>
