/** Finds what `$ref` names, within the same schema. */
import type { JsonSchema } from '../../../engine.ts';
import type { Member } from './keywords.ts';
import { below, type Path, refusal } from './refusal.ts';

/** A schema and where it stands. */
export interface Placed {
  readonly member: Member;
  readonly path: Path;
}

/** @throws PixelwrightError `option-invalid` for a reference to somewhere else or to nothing. */
export function resolveReference(root: JsonSchema, reference: string, from: Path): Placed {
  const place = below(from, '$ref');
  if (reference !== '#' && !reference.startsWith('#/')) {
    throw refusal(
      place,
      `references must stay within the schema, as in #/$defs/name, and this one is ${reference}`,
    );
  }
  const names = reference.split('/').slice(1).map(unescaped);
  let found: unknown = root;
  for (const name of names) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) {
      throw refusal(place, `nothing stands at ${reference}`);
    }
    // An object or array, as was just checked.
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  if (typeof found !== 'boolean' && (typeof found !== 'object' || found === null || Array.isArray(found))) {
    throw refusal(place, `what stands at ${reference} is no schema`);
  }
  // A boolean or an object with string keys: JSON has nothing else that passes the check above.
  return { member: found as Member, path: below('#', ...names) };
}

function unescaped(token: string): string {
  const decoded = /%[0-9A-Fa-f]{2}/.test(token) ? safelyDecoded(token) : token;
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A `%` that encodes nothing stands for itself. */
function safelyDecoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch (error) {
    if (error instanceof URIError) return token;
    throw error;
  }
}
