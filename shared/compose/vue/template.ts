/** Views as a Vue template. */
import { entriesOf, type Imports, listKey, literal } from '../components/code.ts';
import { claim } from '../components/identifiers.ts';
import {
  type Component,
  type Data,
  type ElementView,
  type Field,
  isOptional,
  onlyText,
  type Value,
  type View,
} from '../components/view.ts';
import { type Control, controlOf, type ElementPlus } from './element-plus.ts';
import { modelOf, type States } from './state.ts';

export interface TemplateContext {
  /** Expression of a field where the view stands. */
  readonly nameOf: (field: Field) => string;
  /** Of loops around, so that an inner one takes another name. */
  readonly names: ReadonlySet<string>;
  readonly imports: Imports;
  /** Name that a component is imported by. */
  readonly tagOf: (component: Component) => string;
  readonly states: States;
  /** Further constants of the script: what a component is given that is too long for its tag. */
  readonly constants: { readonly name: string; readonly type: string; readonly text: string }[];
  /** Functions of Vue that the code uses. */
  readonly used: Set<string>;
  /** Absent for plain controls. */
  readonly elementPlus: ElementPlus | undefined;
  readonly inItem: boolean;
  /** The outermost list around, if the script owns it. */
  readonly list: Field | undefined;
}

const voids = new Set(['img', 'input', 'hr', 'br', 'col']);

const escapeText = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\{\{/g, '&#123;&#123;')
    .replace(/\u00a0/g, '&nbsp;');
export const escapeAttribute = (text: string): string => escapeText(text).replace(/"/g, '&quot;');

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** Expressions are names and class names only: nothing in them needs escaping, and checkers read them as they stand. */
const bound = (name: string, expression: string): string => ` :${name}="${expression}"`;

/** Blanks between elements are dropped by the compiler where a line ends: they are written as values. */
function textOf(value: Value, context: TemplateContext): string {
  if (value.type === 'field') return `{{ ${context.nameOf(value.field)} }}`;
  const text = value.type === 'literal' && value.data.type === 'text' ? value.data.text : '';
  return text.trim() === '' && text !== '' ? "{{ ' ' }}" : escapeText(text);
}

export function template(view: View, context: TemplateContext, directives = ''): string {
  switch (view.type) {
    case 'text':
      return textOf(view.value, context);
    case 'when':
      return template(view.body, context, ` v-if="${context.nameOf(view.field)}"`);
    case 'use':
      return instanceText(view.component, view.value, context, directives);
    case 'each':
      return eachText(view.list, view.body, context);
    case 'element':
      return elementText(view, context, directives);
  }
}

function instanceText(
  component: Component,
  value: Value,
  context: TemplateContext,
  directives: string,
): string {
  const tag = context.tagOf(component);
  if (value.type === 'field') return `<${tag}${directives} v-bind="${context.nameOf(value.field)}" />`;
  if (value.type !== 'literal' || value.data.type !== 'record') return '';
  const entries = entriesOf(component, value.data.number);
  const long = entries.some(([, data]) => data.type === 'list' || data.type === 'record');
  if (!long)
    return `<${tag}${directives}${entries.map(([field, data]) => propText(field, data, context)).join('')} />`;
  const name = claim(component.one, new Set([...context.names, ...context.constants.map((one) => one.name)]));
  context.constants.push({ name, type: component.typeName, text: literal(value.data, context.imports) });
  return `<${tag}${directives} v-bind="${name}" />`;
}

function propText(field: Field, data: Data, context: TemplateContext): string {
  const name = kebab(field.name);
  if (data.type === 'text') return ` ${name}="${escapeAttribute(data.text)}"`;
  return data.type === 'true' ? ` ${name}` : bound(name, literal(data, context.imports));
}

function eachText(list: Field, body: ElementView | undefined, context: TemplateContext): string {
  const source = context.nameOf(list);
  const names = new Set(context.names);
  if (list.type.type === 'count') {
    const index = claim('number', names);
    const directives = ` v-for="${index} in ${source}" :key="${index}"`;
    return body === undefined
      ? ''
      : elementText(body, { ...context, names, inItem: true, list: undefined }, directives);
  }
  if (list.type.type !== 'list') return '';
  const { of } = list.type;
  const item = claim(of.one, names);
  const key = listKey(list, of);
  const only = onlyText(of);
  const nameOf = (field: Field): string => (only === undefined ? `${item}.${field.name}` : item);
  const index = key === undefined ? claim('index', names) : undefined;
  const used = of.fields.length > 0 ? item : claim('_item', names);
  const directives = ` v-for="${index === undefined ? used : `(${used}, ${index})`} in ${source}" :key="${key === undefined ? index : nameOf(key)}"`;
  if (of.component !== undefined) return `<${context.tagOf(of.component)}${directives} v-bind="${used}" />`;
  const owned = context.inItem ? context.list : context.states.ownsLists ? list : undefined;
  // A bare text cannot be changed in its place.
  const kept = only === undefined ? owned : undefined;
  return body === undefined
    ? ''
    : elementText(body, { ...context, nameOf, names, inItem: true, list: kept }, directives);
}

function elementText(view: ElementView, context: TemplateContext, directives: string): string {
  const inside = (children: readonly View[]): string =>
    children.map((child) => template(child, context)).join('');
  if (view.tag === '') return `<template${directives}>${inside(view.children)}</template>`;
  const control = context.elementPlus && controlOf(view, context, context.elementPlus);
  const tag = control?.tag ?? view.tag;
  const model = control === undefined ? modelOf(view, context) : control.model;
  const attributes = view.attributes
    .filter(({ name }) => !model?.replaces.includes(name) && !control?.drops.includes(name))
    .map(({ name, value }) => attributeText(name, value, context));
  const state = model === undefined ? '' : ` v-model="${model.name}"`;
  const open = `<${tag}${directives}${classText(view, context)}${state}${control?.attributes ?? ''}${attributes.join('')}`;
  if (voids.has(tag) || control?.content === 'nothing') return `${open} />`;
  const content =
    control === undefined || control.content === 'children'
      ? model?.replaces.includes('children')
        ? ''
        : inside(view.children)
      : optionsText(control.content, context);
  return `${open}>${content}</${tag}>`;
}

function optionsText(options: Exclude<Control['content'], string>, context: TemplateContext): string {
  const one = (text: Value): string => {
    // An option must have a value, where the whole choice may lack.
    const value =
      text.type === 'field' && isOptional(text.field)
        ? bound('value', `${context.nameOf(text.field)} ?? ''`)
        : attributeText('value', text, context);
    return `<el-option${attributeText('label', text, context)}${value} />`;
  };
  return options.map(one).join('');
}

function classText({ className, modifiers }: ElementView, { nameOf }: TemplateContext): string {
  if (className === undefined && modifiers.length === 0) return '';
  if (modifiers.length === 0) return ` class="${className}"`;
  const further = modifiers.map(({ name, field }) =>
    field.type.type === 'choice'
      ? `${nameOf(field)} && \`${name}-\${${nameOf(field)}}\``
      : `{ '${name}': ${nameOf(field)} }`,
  );
  return bound(
    'class',
    `[${[...(className === undefined ? [] : [`'${className}'`]), ...further].join(', ')}]`,
  );
}

function attributeText(name: string, value: Value, context: TemplateContext): string {
  if (value.type === 'field') return bound(name, context.nameOf(value.field));
  if (value.type === 'id') {
    context.used.add('useId');
    return bound(name, `\`\${id}-${value.suffix}\``);
  }
  const { data } = value;
  if (data.type === 'true') return ` ${name}`;
  if (data.type === 'asset') return ` ${name}="${escapeAttribute(`./${data.path}`)}"`;
  return data.type === 'text' ? ` ${name}="${escapeAttribute(data.text)}"` : '';
}
