/** What runs the tasks, with everything that it needs. */
export { convertPicture } from '../run.ts';
export { askImage } from './ask-image.ts';
export { compareImages } from './compare-images.ts';
export { convertDiagram } from './convert-diagram.ts';
export { describePicture } from './describe-image.ts';
export { requireEngine } from './engine.ts';
export { extractData } from './extract-data.ts';
export { extractText } from './extract-text.ts';
export { locate } from './locate.ts';
