/** The facts stage: what can be measured from a picture without a model. */
export { measurePicture } from './measure-picture.ts';
export type * from './page-facts.ts';
