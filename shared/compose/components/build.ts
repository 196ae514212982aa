/** Patterns → views: what differs becomes fields, what varies in look hangs on a class of the root. */
import { attributeName, headingName, textName } from './field-names.ts';
import { claim, pascalCase, plural } from './identifiers.ts';
import { itemName } from './item-names.ts';
import { classOf } from './looks.ts';
import type { ElementPattern, ListPattern, Pattern, UsePattern } from './pattern.ts';
import { addField, idSuffix, type Scope, text, yes } from './scope.ts';
import type { Component, Data, ElementView, Field, Record, Value, View } from './view.ts';

export interface Building {
  readonly components: readonly Component[];
  readonly isAsset: (value: string) => boolean;
  /** Names of types, components and page constants: one of each in a result. */
  readonly typeNames: Set<string>;
}

/** Where a pattern stands. */
interface Around {
  readonly scope: Scope;
  /** Instances in which the parent is there. */
  readonly present: readonly boolean[];
  readonly landmark: string;
  /** Headings of the table's columns, and that of the cell. */
  readonly headings: readonly string[];
  readonly heading: string;
}

const booleans = new Set([
  'checked',
  'disabled',
  'selected',
  'readonly',
  'required',
  'multiple',
  'open',
  'hidden',
]);
const landmarks = new Set(['nav', 'header', 'footer', 'aside']);

/** The root of a component or of the page. */
export function buildRoot(pattern: ElementPattern, scope: Scope, building: Building): ElementView {
  const present = pattern.present.map(() => true);
  return elementView(pattern, { scope, present, landmark: '', headings: [], heading: '' }, building);
}

function view(pattern: Pattern, around: Around, building: Building): View {
  if (pattern.type === 'text')
    return { type: 'text', value: textValue(pattern.texts, around, { tag: '', name: '' }) };
  if (pattern.type === 'list') return listView(pattern, around, building);
  const { scope } = around;
  const body =
    pattern.type === 'use' ? instanceView(pattern, scope, building) : elementView(pattern, around, building);
  const lacking = pattern.present.some((there, index) => !there && around.present[index]);
  if (!lacking || body.type === 'when') return body;
  return { type: 'when', field: presenceField(pattern, scope), body };
}

/** A field that is there exactly where the part is; else one that says so. */
function presenceField(pattern: ElementPattern | UsePattern, scope: Scope): Field {
  const known = scope.fields.find(
    ({ type, values }) =>
      (type.type === 'text' || type.type === 'asset') &&
      values.every((value, index) => (value !== undefined) === (pattern.present[index] ?? false)) &&
      values.every((value) => value?.type !== 'text' || value.text !== ''),
  );
  if (known !== undefined) return known;
  const noun =
    pattern.type === 'use'
      ? 'part'
      : (pattern.name
          .split('-')
          .filter((part) => !/^\d+$/.test(part))
          .at(-1) ?? pattern.tag);
  const values = pattern.present.map((there) => (there ? yes : undefined));
  return addField(scope, `has${pascalCase(noun) || 'Part'}`, { type: 'boolean' }, values);
}

function instanceView({ cluster, instances }: UsePattern, scope: Scope, building: Building): View {
  const of = building.components[cluster];
  if (of === undefined) throw new RangeError(`There is no component ${cluster}.`);
  const values = instances.map((number): Data | undefined =>
    number === undefined ? undefined : { type: 'record', of, number },
  );
  const [only] = values;
  if (scope.count === 1 && only !== undefined)
    return { type: 'use', component: of, value: { type: 'literal', data: only } };
  const field = addField(scope, of.one, { type: 'record', of }, values);
  const use: View = { type: 'use', component: of, value: { type: 'field', field } };
  return values.some((value) => value === undefined) ? { type: 'when', field, body: use } : use;
}

function elementView(pattern: ElementPattern, around: Around, building: Building): ElementView {
  const { scope } = around;
  const { tag, name } = pattern;
  const { className, own } = classOf(pattern, scope);
  const isRoot = pattern === scope.root.pattern;
  if (isRoot) scope.root.className = className;
  const attributes = [...pattern.attributes].flatMap(([attribute, column]) => {
    const value = attributeValue(pattern, attribute, column, around, building);
    return value === undefined ? [] : [{ name: attribute, value }];
  });
  const landmark = landmarks.has(tag) ? tag : around.landmark;
  const headings = tag === 'table' ? headingsOf(pattern) : around.headings;
  const children = pattern.children.map((child, index) => {
    const heading = tag === 'tr' ? (headings[index] ?? '') : around.heading;
    const inside = { ...around, present: pattern.present, landmark, headings, heading };
    return child.type === 'text'
      ? { type: 'text' as const, value: textValue(child.texts, inside, { tag, name }) }
      : view(child, inside, building);
  });
  // What is inside may have hung a look on the root.
  return isRoot && !scope.root.fragment
    ? {
        type: 'element',
        tag,
        attributes,
        className: scope.root.className,
        modifiers: scope.root.modifiers,
        children,
      }
    : { type: 'element', tag, attributes, className, modifiers: own, children };
}

function textValue(
  texts: readonly (string | undefined)[],
  { scope, heading, present }: Around,
  element: { tag: string; name: string },
): Value {
  const said = texts.filter((one) => one !== undefined);
  const [first] = said;
  const everywhere = texts.every((one, index) => one === first || !present[index]);
  if (first !== undefined && everywhere && isShared(said, scope))
    return { type: 'literal', data: text(first) };
  const values = texts.map((one) => (one === undefined ? undefined : text(one)));
  const wanted = headingName(heading) || textName(element, said);
  return { type: 'field', field: addField(scope, wanted, { type: 'text' }, values) };
}

/** What one of several has alone is its content, however little there is to compare it with. */
const isShared = (values: readonly unknown[], { count }: Scope): boolean => values.length > 1 || count === 1;

function attributeValue(
  pattern: ElementPattern,
  attribute: string,
  column: readonly (string | undefined)[],
  { scope }: Around,
  { isAsset }: Building,
): Value | undefined {
  const suffix = idSuffix(scope, attribute, column);
  if (suffix !== undefined) return { type: 'id', suffix };
  const there = column.filter((_, index) => pattern.present[index]);
  const [first] = there;
  const data = (value: string): Data =>
    booleans.has(attribute)
      ? yes
      : attribute === 'src' && isAsset(value)
        ? { type: 'asset', path: value }
        : text(value);
  const ofContent = attribute === 'src' || (attribute === 'alt' && first !== '');
  if (there.every((value) => value === first) && (!ofContent || isShared(there, scope))) {
    return first === undefined ? undefined : { type: 'literal', data: data(first) };
  }
  // Sizes that differ are in the style too: as data they would only be in the way.
  if (pattern.tag === 'img' && (attribute === 'width' || attribute === 'height')) return undefined;
  const values = column.map((value) => (value === undefined ? undefined : data(value)));
  const type = booleans.has(attribute)
    ? 'boolean'
    : values.some((value) => value?.type === 'asset')
      ? 'asset'
      : 'text';
  return { type: 'field', field: addField(scope, attributeName(pattern, attribute), { type }, values) };
}

/** What stands over the columns, where that is the same for all instances. */
function headingsOf(table: ElementPattern): string[] {
  const head = table.children.find((child) => child.type === 'element' && child.tag === 'thead');
  const row = head?.type === 'element' ? head.children[0] : undefined;
  if (row?.type !== 'element') return [];
  return row.children.map((cell) => {
    const [content] = cell.type === 'element' && cell.children.length === 1 ? cell.children : [];
    return content?.type === 'text' ? (content.texts[0] ?? '') : '';
  });
}

function listView(pattern: ListPattern, around: Around, building: Building): View {
  const { scope } = around;
  const numbers = pattern.items;
  const list = (of: Record, wanted: string): Field =>
    addField(
      scope,
      wanted,
      { type: 'list', of },
      numbers.map((items, index): Data | undefined =>
        pattern.present[index]
          ? { type: 'list', items: items.map((number) => ({ type: 'record', of, number })) }
          : undefined,
      ),
    );
  const component = pattern.cluster === undefined ? undefined : building.components[pattern.cluster];
  if (component !== undefined)
    return { type: 'each', list: list(component, component.many), body: undefined };
  const { item } = pattern;
  if (item === undefined) throw new RangeError('A list has neither items nor a component.');
  const one = itemName(item, around.landmark);
  const inner: Scope = {
    count: item.present.length,
    fields: [],
    names: new Set(scope.names),
    parent: { scope, of: numbers.flatMap((items, index) => items.map(() => index)) },
    sheet: scope.sheet,
    root: {
      className: undefined,
      wanted: item.name || one,
      modifiers: [],
      fragment: item.tag === '',
      pattern: item,
    },
    modified: [],
    ids: new Map(),
    landmark: around.landmark,
  };
  const present = item.present.map(() => true);
  const body = elementView(item, { ...around, scope: inner, present }, building);
  const typeName = claim(pascalCase(one), building.typeNames, 'component');
  const record: Record = { typeName, one, many: plural(one), fields: inner.fields, component: undefined };
  if (inner.fields.length > 0) return { type: 'each', list: list(record, plural(one)), body };
  const counts = numbers.map((items): Data => ({ type: 'number', number: items.length }));
  return { type: 'each', list: addField(scope, `${one}Count`, { type: 'count' }, counts), body };
}
