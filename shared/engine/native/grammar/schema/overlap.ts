/** Whether two schemas can be told apart for certain: by type, by values, or by a required property. */
import type { Plain } from './alternatives.ts';
import type { Member, TypeName } from './keywords.ts';
import { canonical, typesOf, valuesOf } from './merge.ts';

/** Properties of properties are not looked at further than this. */
const deepest = 3;

/**
 * False where it is not certain.
 * @param resolve Gives the alternatives of a property's schema.
 */
export function areDisjoint(
  a: Plain,
  b: Plain,
  resolve: (member: Member) => readonly Plain[],
  depth = 0,
): boolean {
  const [values, others] = [valuesOf(a), valuesOf(b)];
  if (values !== undefined && others !== undefined) {
    const texts = new Set(others.map(canonical));
    return !values.some((value) => texts.has(canonical(value)));
  }
  const [types, otherTypes] = [possibleTypes(a), possibleTypes(b)];
  const common = types.filter((type) => otherTypes.includes(type));
  if (common.length === 0) return true;
  if (common.length > 1 || common[0] !== 'object' || depth >= deepest) return false;
  const shared = (a.required ?? []).filter((name) => b.required?.includes(name));
  return shared.some((name) => {
    const [one, other] = [a.properties?.[name], b.properties?.[name]];
    if (one === undefined || other === undefined) return false;
    const options = resolve(other);
    return resolve(one).every((x) => options.every((y) => areDisjoint(x, y, resolve, depth + 1)));
  });
}

/** Integers are numbers here. */
function possibleTypes(schema: Plain): TypeName[] {
  const values = valuesOf(schema);
  if (values !== undefined) return [...new Set(values.map(typeOfValue))];
  const types = typesOf(schema) ?? ['object', 'array', 'string', 'number', 'boolean', 'null'];
  return types.map((type) => (type === 'integer' ? 'number' : type));
}

/** The type of a JSON value; whole numbers are numbers. */
export function typeOfValue(value: unknown): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}
