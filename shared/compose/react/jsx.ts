/** Views as JSX. */
import { entriesOf, type Imports, listKey, literal, stringLiteral } from '../components/code.ts';
import { claim } from '../components/identifiers.ts';
import {
  type Component,
  type ElementView,
  type Field,
  isOptional,
  onlyText,
  type Value,
  type View,
} from '../components/view.ts';
import { isNumeric, jsxName } from './attributes.ts';

export interface JsxContext {
  /** Expression of a field where the view stands. */
  readonly nameOf: (field: Field) => string;
  /** Names in use around. */
  readonly names: ReadonlySet<string>;
  readonly imports: Imports;
  /** A class's expression: `styles.cardTitle`. */
  readonly classOf: (name: string) => string;
  readonly constants: { readonly name: string; readonly type: string; readonly text: string }[];
  /** Names of React that the code uses. */
  readonly used: Set<string>;
  /** Whether the component needs an id. */
  readonly usesId: { now: boolean };
}

const voids = new Set(['img', 'input', 'hr', 'br', 'col']);

/** Words that JSX would read otherwise, or fold, stand in braces. */
const isPlain = (text: string): boolean =>
  /^[^\s{}<>&\\]+(?: [^\s{}<>&\\]+)*$/.test(text) && !/[\p{C}]/u.test(text);

const childText = (value: Value, { nameOf }: JsxContext): string => {
  if (value.type === 'field') return `{${nameOf(value.field)}}`;
  const text = value.type === 'literal' && value.data.type === 'text' ? value.data.text : '';
  return isPlain(text) ? text : `{${stringLiteral(text)}}`;
};

/** JSX that may stand between tags. */
export function jsxChild(view: View, context: JsxContext): string {
  switch (view.type) {
    case 'text':
      return childText(view.value, context);
    case 'when': {
      const test = context.nameOf(view.field);
      const exact = view.field.type.type === 'text' ? `${test} !== undefined` : test;
      return `{${exact} && (${jsxExpression(view.body, context)})}`;
    }
    case 'each':
      return `{${loop(view.list, view.body, context)}}`;
    default:
      return jsxExpression(view, context);
  }
}

/** JSX that may stand after `return`. */
export function jsxExpression(view: View, context: JsxContext): string {
  if (view.type === 'element') return elementText(view, context, '');
  if (view.type === 'use') return instanceText(view.component, view.value, context);
  return `<>${jsxChild(view, context)}</>`;
}

function instanceText(component: Component, value: Value, context: JsxContext): string {
  const { name } = component;
  if (value.type === 'field') return `<${name} {...${context.nameOf(value.field)}} />`;
  if (value.type !== 'literal' || value.data.type !== 'record') return '';
  const entries = entriesOf(component, value.data.number);
  if (entries.some(([, data]) => data.type === 'list' || data.type === 'record')) {
    const names = new Set([...context.names, ...context.constants.map((one) => one.name)]);
    const constant = claim(component.one, names);
    const text = literal(value.data, context.imports);
    context.constants.push({ name: constant, type: component.typeName, text });
    return `<${name} {...${constant}} />`;
  }
  const props = entries.map(([field, data]) =>
    data.type === 'true'
      ? ` ${field.name}`
      : ` ${field.name}=${attributeLiteral(data.type === 'text' ? data.text : undefined, literal(data, context.imports))}`,
  );
  return `<${name}${props.join('')} />`;
}

/** In quotes where nothing in it needs escaping. */
const attributeLiteral = (text: string | undefined, expression: string): string =>
  text !== undefined && /^[^"&{}<>\\\p{C}]*$/u.test(text) ? `"${text}"` : `{${expression}}`;

function loop(list: Field, body: ElementView | undefined, context: JsxContext): string {
  const source = context.nameOf(list);
  const names = new Set(context.names);
  const safe = isOptional(list) ? '?' : '';
  if (list.type.type === 'count') {
    const index = claim('index', names);
    const inner = body === undefined ? '' : elementText(body, { ...context, names }, ` key={${index}}`);
    return `Array.from({ length: ${source} }, (_, ${index}) => (${inner}))`;
  }
  if (list.type.type !== 'list') return 'null';
  const { of } = list.type;
  const item = claim(of.one, names);
  const key = listKey(list, of);
  const only = onlyText(of);
  const nameOf = (field: Field): string => (only === undefined ? `${item}.${field.name}` : item);
  const index = key === undefined ? claim('index', names) : undefined;
  const keyText = ` key={${key === undefined ? index : nameOf(key)}}`;
  const inner =
    of.component !== undefined
      ? `<${of.component.name}${keyText} {...${item}} />`
      : body === undefined
        ? ''
        : elementText(body, { ...context, nameOf, names }, keyText);
  return `${source}${safe}.map((${index === undefined ? item : `${item}, ${index}`}) => (${inner}))`;
}

function elementText(view: ElementView, context: JsxContext, key: string): string {
  const { tag, children, attributes } = view;
  const inside = (): string => children.map((child) => jsxChild(child, context)).join('');
  if (tag === '') {
    context.used.add('Fragment');
    return `<Fragment${key}>${inside()}</Fragment>`;
  }
  const [first] = children;
  const said =
    tag === 'textarea' && first?.type === 'text' ? ` defaultValue={${valueText(first.value, context)}}` : '';
  const open = `<${tag}${key}${classText(view, context)}${attributes.map(({ name, value }) => attributeText(tag, name, value, context)).join('')}${said}`;
  return voids.has(tag) || said !== '' || children.length === 0
    ? `${open} />`
    : `${open}>${inside()}</${tag}>`;
}

const valueText = (value: Value, { nameOf, imports }: JsxContext): string =>
  value.type === 'field'
    ? nameOf(value.field)
    : value.type === 'literal'
      ? literal(value.data, imports)
      : "''";

function attributeText(tag: string, attribute: string, value: Value, context: JsxContext): string {
  const name = jsxName(tag, attribute);
  if (value.type === 'field') {
    const expression = context.nameOf(value.field);
    return ` ${name}={${attribute === 'aria-checked' ? `${expression} === 'true'` : expression}}`;
  }
  if (value.type === 'id') {
    context.usesId.now = true;
    return ` ${name}={\`\${id}-${value.suffix}\`}`;
  }
  const { data } = value;
  if (data.type === 'true') return ` ${name}`;
  const text = data.type === 'text' ? data.text : undefined;
  if (text !== undefined && isNumeric(name, text)) return ` ${name}={${text}}`;
  return ` ${name}=${attributeLiteral(text, literal(data, context.imports))}`;
}

function classText({ className, modifiers }: ElementView, { classOf, nameOf }: JsxContext): string {
  const own = className === undefined ? [] : [classOf(className)];
  if (modifiers.length === 0) return own.length === 0 ? '' : ` className={${own[0]}}`;
  const further = modifiers.map(({ name, field }) => {
    if (field.type.type !== 'choice') return `${nameOf(field)} && ${classOf(name)}`;
    return `${nameOf(field)} && styles[\`${classOf(`${name}-`).replace(/^styles\./, '')}\${${nameOf(field)}}\`]`;
  });
  return ` className={[${[...own, ...further].join(', ')}].filter(Boolean).join(' ')}`;
}
