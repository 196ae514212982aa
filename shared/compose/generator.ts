/** How a file that is no HTML says that this program made it, so that a later run may replace it. */

/** Stands in a comment at the start of the file. */
export const generatorNote = 'generator: pixelwright';
