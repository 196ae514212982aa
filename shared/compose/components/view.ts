/** Components with what they are given, as every framework knows them: elements, texts, lists, parts that may lack. */
import type { StyleRule } from './rules.ts';

/** What stands in data. An instance or an item is a record of the fields of its component or list. */
export type Data =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly number: number }
  | { readonly type: 'true' }
  /** File beside the page, relative to it. */
  | { readonly type: 'asset'; readonly path: string }
  | { readonly type: 'list'; readonly items: readonly Data[] }
  | { readonly type: 'record'; readonly of: Record; readonly number: number };

export type FieldType =
  | { readonly type: 'text' }
  | { readonly type: 'asset' }
  | { readonly type: 'boolean' }
  | { readonly type: 'choice'; readonly choices: readonly number[] | readonly string[] }
  | { readonly type: 'count' }
  | { readonly type: 'list'; readonly of: Record }
  | { readonly type: 'record'; readonly of: Record };

export interface Field {
  name: string;
  readonly type: FieldType;
  /** By instance; undefined where it is not given. */
  readonly values: readonly (Data | undefined)[];
}

/** The fields of a component or of the items of a list. */
export interface Record {
  /** Name of the type, and of one and of many values. */
  readonly typeName: string;
  readonly one: string;
  readonly many: string;
  readonly fields: readonly Field[];
  /** Set for a component, absent for items that are written in place. */
  readonly component: Component | undefined;
}

export interface Component extends Record {
  /** In Pascal case, without the name of the page. */
  readonly name: string;
  readonly root: ElementView;
  readonly rules: readonly StyleRule[];
}

export type Value =
  | { readonly type: 'literal'; readonly data: Data }
  | { readonly type: 'field'; readonly field: Field }
  /** An id of this instance alone, or a reference to one. */
  | { readonly type: 'id'; readonly suffix: string };

export interface ElementView {
  readonly type: 'element';
  /** `''` for several elements that repeat together. */
  readonly tag: string;
  readonly attributes: readonly { readonly name: string; readonly value: Value }[];
  readonly className: string | undefined;
  /** Further classes: `name` while the field is true, or `name` with the field's choice behind it. */
  readonly modifiers: readonly Modifier[];
  readonly children: readonly View[];
}

export interface Modifier {
  readonly name: string;
  readonly field: Field;
}

export type View =
  | ElementView
  | { readonly type: 'text'; readonly value: Value }
  | { readonly type: 'each'; readonly list: Field; readonly body: ElementView | undefined }
  | { readonly type: 'use'; readonly component: Component; readonly value: Value }
  | { readonly type: 'when'; readonly field: Field; readonly body: View };

/** A field that some instances lack. */
export const isOptional = (field: Field): boolean => field.values.some((value) => value === undefined);

/** Items that are nothing but one text are written as that text. */
export function onlyText(record: Record): Field | undefined {
  const [field] = record.fields;
  const bare = record.component === undefined && record.fields.length === 1;
  return bare && field?.type.type === 'text' && !isOptional(field) ? field : undefined;
}

/** Identity of a value, to compare columns. */
export const keyOf = (data: Data | undefined): string =>
  data === undefined
    ? ''
    : data.type === 'record'
      ? `${data.of.typeName}#${data.number}`
      : data.type === 'list'
        ? `[${data.items.map(keyOf).join('|')}]`
        : JSON.stringify(data);

/**
 * A text that is different for each item of every list of these records: what tells the items apart. Pictures
 * do not: bundlers write equal ones as one.
 */
export function keyField(record: Record, lists: readonly (readonly number[])[]): Field | undefined {
  return record.fields.find(
    (field) =>
      field.type.type === 'text' &&
      !isOptional(field) &&
      lists.every((numbers) => {
        const keys = numbers.map((number) => field.values[number]);
        return keys.every((key) => key !== undefined) && new Set(keys.map(keyOf)).size === numbers.length;
      }),
  );
}
