// The files that run inside children live outside `src`: they are not part of the host's import graph.
import { fileURLToPath } from 'node:url'

const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

export const RUNTIMES_DIR = fileURLToPath(new URL('../../runtimes/', import.meta.url))
export const NODE_BOOTSTRAP = `${RUNTIMES_DIR}node-function${EXTENSION}`
export const PYTHON_BOOTSTRAP = `${RUNTIMES_DIR}python-function.py`
