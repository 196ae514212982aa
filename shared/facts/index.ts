/** The facts stage: what can be measured from a picture without a model. */
export type * from './given/given.ts';
export { measureGivenIn, measurePicture } from './measure-picture.ts';
export type * from './page-facts.ts';
