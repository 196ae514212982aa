/** A schema with its references and combinations worked out: a list of plain ones, of which one must hold. */
import type { JsonSchema } from '../../../engine.ts';
import { type Member, readSchema, type Schema } from './keywords.ts';
import { merge } from './merge.ts';
import { areDisjoint } from './overlap.ts';
import { below, type Path, refusal } from './refusal.ts';
import { resolveReference } from './scope.ts';

/** More than this multiply out only from schemas that combine combinations. */
const mostAlternatives = 256;
const longestChain = 64;

/** A schema without `$ref`, `allOf`, `anyOf` and `oneOf` at its top. */
export type Plain = Omit<Schema, '$ref' | 'allOf' | 'anyOf' | 'oneOf'>;

/**
 * All plain schemas of which one must hold; none if nothing can satisfy the schema.
 * @param chain References that are being followed, to find one that comes back to itself.
 * @throws PixelwrightError `option-invalid`
 */
export function alternatives(
  root: JsonSchema,
  member: Member,
  path: Path,
  chain: readonly string[] = [],
): readonly Plain[] {
  if (member === false) return [];
  if (member === true) return [{}];
  const { $ref, allOf, anyOf, oneOf, ...plain } = readSchema(member, path);
  const expand = (each: Member, ...names: (string | number)[]) =>
    alternatives(root, each, below(path, ...names), chain);
  let found: readonly Plain[] = [plain];
  const combine = (options: readonly Plain[]) => {
    found = found.flatMap((one) => options.flatMap((other) => merge(one, other, path) ?? []));
    if (found.length > mostAlternatives) {
      throw refusal(path, `its combinations make more than ${mostAlternatives} alternatives`);
    }
  };
  if ($ref !== undefined) combine(followed(root, $ref, path, chain));
  for (const [index, each] of allOf?.entries() ?? []) combine(expand(each, 'allOf', index));
  if (anyOf !== undefined) combine(anyOf.flatMap((each, index) => expand(each, 'anyOf', index)));
  if (oneOf !== undefined) {
    const options = oneOf.map((each, index) => expand(each, 'oneOf', index));
    requireDisjoint(root, options, path);
    combine(options.flat());
  }
  return found;
}

function followed(root: JsonSchema, $ref: string, path: Path, chain: readonly string[]): readonly Plain[] {
  if (chain.includes($ref) || chain.length > longestChain) {
    throw refusal(path, `the reference ${$ref} comes back to itself`);
  }
  const target = resolveReference(root, $ref, path);
  return alternatives(root, target.member, target.path, [...chain, $ref]);
}

/** A grammar writes one of the alternatives, and cannot see to it that no other holds as well. */
export function requireDisjoint(root: JsonSchema, options: readonly (readonly Plain[])[], path: Path): void {
  const resolve = (member: Member) => alternatives(root, member, path);
  for (const [index, one] of options.entries()) {
    for (const [other, rest] of options.slice(0, index).entries()) {
      if (one.every((a) => rest.every((b) => areDisjoint(a, b, resolve)))) continue;
      throw refusal(
        below(path, 'oneOf'),
        `a value may fit alternatives ${other} and ${index} at once, which oneOf forbids and a grammar cannot; use anyOf, or tell them apart by a required property with a const`,
      );
    }
  }
}
