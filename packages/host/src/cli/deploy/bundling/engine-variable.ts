/** The variable with the engine that the user has, for the images that need one. */
export const ENGINE_VARIABLE = 'CATAMARAN_CONTAINER_ENGINE'
