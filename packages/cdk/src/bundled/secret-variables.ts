/**
 * `CATAMARAN_SECRET_OPENAI_API_KEY=<ARN of a secret>` or `…=<ARN>#<field>`: where bundled code finds what
 * becomes `OPENAI_API_KEY`. No ARN holds a `#`.
 */
export const SECRET_PREFIX = 'CATAMARAN_SECRET_'
