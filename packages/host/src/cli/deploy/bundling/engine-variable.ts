/** The variable with the engine that the user has, for the images that need one. */
export const ENGINE_VARIABLE = 'CATAMARAN_CONTAINER_ENGINE'
/** The variable with the folder for what bundling needs while it runs; whoever names it removes it. */
export const WORK_VARIABLE = 'CATAMARAN_BUNDLING_FOLDER'
