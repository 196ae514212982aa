/** What a user can change: fields and boxes bound to state. */
import { type Imports, literal } from '../components/code.ts';
import { claim } from '../components/identifiers.ts';
import type { ElementView, Field, Value } from '../components/view.ts';

/** State of one component's script. */
export interface States {
  readonly refs: { readonly name: string; readonly initial: string }[];
  /** Names that are taken in the script. */
  readonly names: Set<string>;
  /** Lists whose items hold state. */
  readonly reactive: Set<Field>;
  /** Fields are constants of the script rather than properties. */
  readonly ownsLists: boolean;
}

export interface Model {
  /** Expression for `v-model`. */
  readonly name: string;
  /** Attributes, or `children`, that it stands for. */
  readonly replaces: readonly string[];
}

export interface Where {
  readonly nameOf: (field: Field) => string;
  readonly states: States;
  readonly imports: Imports;
  /** In the items of a list. */
  readonly inItem: boolean;
  /** The outermost list around, if the script owns it. */
  readonly list: Field | undefined;
}

const names: Readonly<{ [type: string]: string }> = {
  email: 'email',
  password: 'password',
  search: 'query',
  checkbox: 'checked',
};

/** What one control of a form is bound to; undefined for what is no control, and where nothing could hold its state. */
export function modelOf(view: ElementView, where: Where): Model | undefined {
  const typeOf = (): string => {
    const value = view.attributes.find(({ name }) => name === 'type')?.value;
    return value?.type === 'literal' && value.data.type === 'text' ? value.data.text : 'text';
  };
  if (view.tag === 'input') {
    const type = typeOf();
    if (type === 'radio') return undefined;
    const attribute = type === 'checkbox' ? 'checked' : 'value';
    const value = view.attributes.find(({ name }) => name === attribute)?.value;
    return bind(names[type] ?? 'value', value, type === 'checkbox' ? 'false' : "''", [attribute], where);
  }
  if (view.tag === 'textarea') {
    const [child] = view.children;
    if (view.children.length > 1 || (child !== undefined && child.type !== 'text')) return undefined;
    return bind('message', child?.value, "''", ['children'], where);
  }
  return undefined;
}

/** @param nothing the code of the state where there is no value. */
export function bind(
  wanted: string,
  value: Value | undefined,
  nothing: string,
  replaces: readonly string[],
  { states, nameOf, imports, inItem, list }: Where,
): Model | undefined {
  if (value?.type === 'field' && list !== undefined) {
    states.reactive.add(list);
    return { name: nameOf(value.field), replaces };
  }
  // An item that has no such field has nothing to keep the state in.
  if (inItem) return undefined;
  const name = claim(wanted, states.names);
  const initial =
    value?.type === 'field'
      ? `props.${value.field.name}`
      : value?.type === 'literal'
        ? literal(value.data, imports)
        : nothing;
  states.refs.push({ name, initial });
  return { name, replaces };
}
