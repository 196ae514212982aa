/** The fields of a component, or of the items of a list, as they are found in its pattern. */

import { plainNames } from './field-names.ts';
import { camelCase, claim } from './identifiers.ts';
import { type Column, type ElementPattern, elementsIn } from './pattern.ts';
import type { Sheet } from './sheet.ts';
import type { Modifier } from './view.ts';
import { type Data, type Field, type FieldType, keyOf } from './view.ts';

export interface Scope {
  /** Instances of the component, or items of all lists. */
  readonly count: number;
  readonly fields: Field[];
  /** Names of the scope's fields and variables. */
  readonly names: Set<string>;
  /** Around a list: the scope of the list, and of each item the instance that it is in. */
  readonly parent: { readonly scope: Scope; readonly of: readonly number[] } | undefined;
  readonly sheet: Sheet;
  readonly root: {
    /** Undefined until something needs it. */
    className: string | undefined;
    readonly wanted: string;
    readonly modifiers: Modifier[];
    /** Several elements have no root that could carry a class. */
    readonly fragment: boolean;
    readonly pattern: ElementPattern;
  };
  readonly modified: { readonly field: Field; readonly partition: (number | undefined)[] }[];
  /** Ends of the ids of its elements, by the ids of all instances. */
  readonly ids: ReadonlyMap<string, string>;
  /** What it stands in: `nav`, `footer`. */
  readonly landmark: string;
}

const columnKey = (column: Column<string>): string => JSON.stringify(column);

/** Attributes that name an element of the page by its id. */
const references = new Set(['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']);

/** The ids of a component, so that each instance has its own. */
export function idsOf(pattern: ElementPattern): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const { attributes } of elementsIn(pattern)) {
    const column = attributes.get('id');
    if (column === undefined) continue;
    const wanted = column.find((id) => id !== undefined)?.replace(/-\d+$/, '') ?? 'part';
    let suffix = wanted;
    for (let number = 2; taken.has(suffix); number += 1) suffix = `${wanted}-${number}`;
    taken.add(suffix);
    ids.set(columnKey(column), suffix);
  }
  return ids;
}

/** The end of the id that an attribute gives or refers to; undefined for other attributes and other places' ids. */
export function idSuffix(scope: Scope, attribute: string, column: Column<string>): string | undefined {
  return attribute === 'id' || references.has(attribute) ? scope.ids.get(columnKey(column)) : undefined;
}

/** Adds a field, or gives the one that says the same. */
export function addField(
  scope: Scope,
  wanted: string,
  type: FieldType,
  values: readonly (Data | undefined)[],
): Field {
  const key = values.map(keyOf).join(' ');
  const same = scope.fields.find(
    (field) =>
      field.type.type === type.type && type.type !== 'list' && field.values.map(keyOf).join(' ') === key,
  );
  if (same !== undefined) return same;
  const field = { name: claim(nameIn(scope, wanted), scope.names), type, values };
  scope.fields.push(field);
  return field;
}

/** The first of several texts that have no name of their own is what the thing is called. */
function nameIn(scope: Scope, wanted: string): string {
  if (wanted !== 'text') return wanted;
  const free = (name: string): boolean => !scope.fields.some((field) => field.name === name);
  if (scope.parent !== undefined) return free('label') ? 'label' : (plainNames.find(free) ?? 'text');
  return free('title') && !scope.fields.some((field) => field.type.type === 'text')
    ? 'title'
    : (plainNames.find(free) ?? 'text');
}

export const text = (value: string): Data => ({ type: 'text', text: value });
export const yes: Data = { type: 'true' };

/** What two looks are called, by what differs: a colour marks one among many, a stroke what is over. */
export function modifierName(properties: readonly string[], scope: Scope, choices: number): string {
  const visible = properties.some((name) =>
    /color|background|border|shadow|weight|style|decoration|opacity/.test(name),
  );
  if (properties.includes('url')) return 'picture';
  if (choices > 2) return visible ? 'tone' : 'variant';
  if (properties.some((name) => name.startsWith('text-decoration'))) return 'struck';
  if (!visible) return properties.some((name) => /width|height|size|aspect/.test(name)) ? 'large' : 'spaced';
  return scope.landmark === 'nav' || scope.parent !== undefined ? 'active' : 'highlighted';
}

/** The field whose value picks the look, made or found in the scope. @param partition look by instance. */
export function modifierField(
  scope: Scope,
  partition: readonly (number | undefined)[],
  properties: readonly string[],
): Field {
  const agrees = (other: readonly (number | undefined)[]): boolean =>
    partition.every(
      (look, index) => look === undefined || other[index] === undefined || look === other[index],
    );
  const known = scope.modified.find(
    (entry) =>
      agrees(entry.partition) &&
      partition.some((look) => look !== 0 && look !== undefined) &&
      sameLooks(partition, entry.partition),
  );
  if (known !== undefined) return known.field;
  const looks = 1 + Math.max(...partition.map((look) => look ?? 0));
  const choices = Array.from({ length: looks - 1 }, (_, index) => index + 2);
  const values = partition.map((look): Data | undefined =>
    look === undefined || look === 0 ? undefined : looks === 2 ? yes : { type: 'number', number: look + 1 },
  );
  const type: FieldType = looks === 2 ? { type: 'boolean' } : { type: 'choice', choices };
  const field = addField(scope, camelCase(modifierName(properties, scope, looks)), type, values);
  scope.modified.push({ field, partition: [...partition] });
  return field;
}

/** An instance that lacks the one element is given no look by it: nothing may hang on that. */
const sameLooks = (a: readonly (number | undefined)[], b: readonly (number | undefined)[]): boolean =>
  a.every((look, index) => look === undefined || b[index] !== undefined) &&
  Math.max(...a.map((look) => look ?? 0)) <= Math.max(...b.map((look) => look ?? 0));
