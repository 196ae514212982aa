/** Data and its types as TypeScript. */
import {
  type Component,
  type Data,
  type Field,
  type FieldType,
  isOptional,
  keyField,
  onlyText,
  type Record,
} from './view.ts';

/** A string literal; what would end a script in a template is written otherwise. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text)
    .replace(/<(?=[/!])/g, '\\u003c')
    .replace(
      /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** Pictures that code imports, by their address. */
export interface Imports {
  readonly assets: Map<string, string>;
}

/** Variable of an imported picture: `shop-assets/picture-1.png` → `picture1Url`. */
export function assetName(path: string, { assets }: Imports): string {
  const name =
    assets.get(path) ??
    `${(/([a-z]+)-(\d+)\.\w+$/.exec(path)?.slice(1) ?? [`asset${assets.size + 1}`]).join('')}Url`;
  assets.set(path, name);
  return name;
}

export function literal(data: Data, imports: Imports): string {
  switch (data.type) {
    case 'text':
      return stringLiteral(data.text);
    case 'number':
      return `${data.number}`;
    case 'true':
      return 'true';
    case 'asset':
      return assetName(data.path, imports);
    case 'list':
      return `[${data.items.map((item) => literal(item, imports)).join(', ')}]`;
    case 'record': {
      const only = onlyText(data.of)?.values[data.number];
      if (only !== undefined) return literal(only, imports);
      return `{ ${entriesOf(data.of, data.number)
        .map(([field, value]) => `${field.name}: ${literal(value, imports)}`)
        .join(', ')} }`;
    }
  }
}

/** The fields that an instance has, with their values. */
export const entriesOf = (of: Record, number: number): [Field, Data][] =>
  of.fields.flatMap((field): [Field, Data][] => {
    const value = field.values[number];
    return value === undefined ? [] : [[field, value]];
  });

/** What is given nothing has no type of its own. */
const typeNameOf = (of: Record): string =>
  of.component !== undefined && of.fields.length === 0 ? 'object' : of.typeName;

export const itemType = (of: Record): string => (onlyText(of) === undefined ? typeNameOf(of) : 'string');

export function typeText(type: FieldType): string {
  switch (type.type) {
    case 'text':
    case 'asset':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'choice':
      return type.choices.join(' | ');
    case 'count':
      return 'number';
    case 'list':
      return `${itemType(type.of)}[]`;
    case 'record':
      return typeNameOf(type.of);
  }
}

export function interfaceText(of: Record, exported: boolean): string {
  const members = of.fields.map(
    (field) => `${field.name}${isOptional(field) ? '?' : ''}: ${typeText(field.type)};`,
  );
  return `${exported ? 'export ' : ''}interface ${of.typeName} { ${members.join(' ')} }`;
}

/** Records written in place that these fields hold, with what those hold. */
export function inlineRecords(fields: readonly Field[]): Record[] {
  return fields.flatMap(({ type }) => {
    if (type.type !== 'list' || type.of.component !== undefined) return [];
    const inner = inlineRecords(type.of.fields);
    return onlyText(type.of) === undefined ? [type.of, ...inner] : inner;
  });
}

/** Components whose types these fields are written with. */
export function componentTypes(fields: readonly Field[]): Component[] {
  return fields.flatMap(({ type }) => {
    if (type.type !== 'list' && type.type !== 'record') return [];
    const { of } = type;
    return of.component === undefined ? componentTypes(of.fields) : [of.component];
  });
}

/** The items of a list field, by instance. */
const listsOf = (list: Field): number[][] =>
  list.values.map((value) =>
    value?.type === 'list' ? value.items.flatMap((item) => (item.type === 'record' ? item.number : [])) : [],
  );

/** What tells the items of a list apart; undefined if only their place does. */
export const listKey = (list: Field, of: Record): Field | undefined => keyField(of, listsOf(list));
