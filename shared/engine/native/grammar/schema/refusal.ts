/** The error of every schema that no grammar can hold a model to. */
import { PixelwrightError } from '../../../../errors.ts';

/** A place in a schema, as a JSON pointer: `#/properties/name`. */
export type Path = string;

/** @param reason A sentence without its full stop, about the schema at `path`. */
export function refusal(path: Path, reason: string): PixelwrightError {
  return new PixelwrightError('option-invalid', `The JSON schema at ${path}: ${reason}.`, {
    next: 'Change that part of the schema, or take it out and check the answer afterwards.',
    details: { path },
  });
}

/** The path of a member, with `~` and `/` in its name escaped. */
export function below(path: Path, ...names: readonly (string | number)[]): Path {
  const tokens = names.map((name) => `${name}`.replaceAll('~', '~0').replaceAll('/', '~1'));
  return [path, ...tokens].join('/');
}
