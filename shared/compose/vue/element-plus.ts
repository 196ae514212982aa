/**
 * Controls as components of Element Plus: buttons, text fields and areas (`el-input`), choices (`el-select`),
 * boxes to tick (`el-checkbox`, `el-radio`) and switches (`el-switch`). Everything else stays plain HTML, as do
 * controls of a list whose items have nowhere to keep what is chosen, and ticks that are drawn as pictures.
 */
import { claim } from '../components/identifiers.ts';
import type { StyleRule } from '../components/rules.ts';
import type { ElementView, Value } from '../components/view.ts';
import { bind, type Model, modelOf, type Where } from './state.ts';

export const elementTags = [
  'el-button',
  'el-input',
  'el-textarea',
  'el-select',
  'el-checkbox',
  'el-radio',
  'el-switch',
] as const;
/** Class of a control's outermost element; but for `el-textarea`, its tag too. */
export type ElementTag = (typeof elementTags)[number];

/** What one file uses of Element Plus. */
export interface ElementPlus {
  readonly rules: readonly StyleRule[];
  readonly used: Set<ElementTag>;
  /** Own classes, and where in a control they stand, as a selector behind a dot. */
  readonly selectors: Map<string, string>;
  /** The state that switches of a class were pictured in. */
  readonly switches: Map<string, 'on' | 'off' | 'both'>;
  /** Radio buttons so far, the last group of them. */
  radios: { readonly state: string; count: number; checked: boolean } | undefined;
}

export const createElementPlus = (rules: readonly StyleRule[]): ElementPlus => ({
  rules,
  used: new Set(),
  selectors: new Map(),
  switches: new Map(),
  radios: undefined,
});

export interface Control {
  readonly tag: string;
  readonly model: Model | undefined;
  /** Attributes that are written as they stand. */
  readonly attributes: string;
  /** Attributes that do not go to the component. */
  readonly drops: readonly string[];
  /** Texts of the options, for a choice; the view's own children otherwise, if there are any to show. */
  readonly content: 'children' | 'nothing' | readonly Value[];
}

const literalText = (view: ElementView, attribute: string): string | undefined => {
  const value = view.attributes.find(({ name }) => name === attribute)?.value;
  return value?.type === 'literal' && value.data.type === 'text' ? value.data.text : undefined;
};
const has = (view: ElementView, attribute: string): boolean =>
  view.attributes.some(({ name }) => name === attribute);

/** The component for an element, and what it is bound to; undefined for what stays plain. */
export function controlOf(view: ElementView, where: Where, element: ElementPlus): Control | undefined {
  const made = componentFor(view, where, element);
  if (made === undefined) return undefined;
  const [tag, control] = made;
  element.used.add(tag);
  if (view.className !== undefined) element.selectors.set(view.className, `${tag}.${view.className}`);
  return { tag: tag === 'el-textarea' ? 'el-input' : tag, attributes: '', drops: [], ...control };
}

type Made = readonly [ElementTag, Pick<Control, 'model' | 'content'> & Partial<Control>];

function componentFor(view: ElementView, where: Where, element: ElementPlus): Made | undefined {
  const pictured = element.rules.some(
    ({ className, layers }) =>
      className === view.className && /url\(/.test(String(layers.base['background'] ?? '')),
  );
  const type = literalText(view, 'type');
  if (view.tag === 'button')
    return ['el-button', { model: undefined, content: 'children', drops: type === 'button' ? ['type'] : [] }];
  if (view.tag === 'select') return choice(view, where, pictured);
  if (view.tag === 'span' && literalText(view, 'role') === 'switch' && !pictured)
    return toggle(view, where, element);
  if (view.tag === 'input' && type === 'radio') return pictured ? undefined : radio(view, where, element);
  const tag =
    view.tag === 'textarea' ? 'el-textarea' : type === 'checkbox' ? 'el-checkbox' : ('el-input' as const);
  if (view.tag !== 'textarea' && (view.tag !== 'input' || type === undefined)) return undefined;
  if (tag === 'el-checkbox' && pictured) return undefined;
  const model = modelOf(view, where);
  if (model === undefined) return undefined;
  const attributes = tag === 'el-textarea' ? ' type="textarea"' : '';
  return [tag, { model, content: 'nothing', attributes, drops: tag === 'el-checkbox' ? ['type'] : [] }];
}

function choice(view: ElementView, where: Where, pictured: boolean): Made | undefined {
  const texts = view.children.map((option) => {
    const [text] = option.type === 'element' && option.tag === 'option' ? option.children : [];
    return text?.type === 'text' ? text.value : undefined;
  });
  const known = texts.filter((text) => text !== undefined);
  if (known.length !== texts.length || known[0] === undefined) return undefined;
  const model = bind('selected', known[0], "''", [], where);
  // What is pictured brings its arrow.
  const attributes = pictured ? ' suffix-icon=""' : '';
  return model && ['el-select', { model, content: known, attributes, drops: ['autocomplete'] }];
}

function toggle(view: ElementView, where: Where, element: ElementPlus): Made | undefined {
  const value = view.attributes.find(({ name }) => name === 'aria-checked')?.value;
  const text = literalText(view, 'aria-checked');
  const given: Value | undefined =
    text === 'true' ? { type: 'literal', data: { type: 'true' } } : text === undefined ? value : undefined;
  const model = bind('enabled', given, 'false', [], where);
  if (model === undefined) return undefined;
  const state = text === undefined ? 'both' : text === 'true' ? 'on' : 'off';
  if (view.className !== undefined) {
    const before = element.switches.get(view.className) ?? state;
    element.switches.set(view.className, before === state ? state : 'both');
    for (const knob of view.children)
      if (knob.type === 'element' && knob.className !== undefined)
        element.selectors.set(
          knob.className,
          `el-switch.${view.className} :deep(.el-switch__action.el-switch__action)`,
        );
  }
  const attributes = text === undefined ? ' active-value="true" inactive-value="false"' : '';
  return ['el-switch', { model, content: 'nothing', attributes, drops: ['role', 'aria-checked'] }];
}

/** Radio buttons that follow each other are one group, until a second one of them is chosen. */
function radio(view: ElementView, where: Where, element: ElementPlus): Made | undefined {
  const checked = view.attributes.find(({ name }) => name === 'checked')?.value;
  if (where.inItem || checked?.type === 'field') return undefined;
  const known = element.radios;
  const joins = known !== undefined && !(known.checked && has(view, 'checked'));
  const group = joins ? known : { state: claim('choice', where.states.names), count: 0, checked: false };
  element.radios = group;
  group.count += 1;
  if (!joins) where.states.refs.push({ name: group.state, initial: "''" });
  if (checked !== undefined) {
    group.checked = true;
    const at = where.states.refs.findIndex(({ name }) => name === group.state);
    where.states.refs[at] = { name: group.state, initial: `'${group.count}'` };
  }
  const model = { name: group.state, replaces: ['checked'] };
  return ['el-radio', { model, content: 'nothing', attributes: ` value="${group.count}"`, drops: ['type'] }];
}
