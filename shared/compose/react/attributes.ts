/** Attributes of HTML and SVG under the names that JSX knows them by. */

const names: Readonly<{ [attribute: string]: string }> = {
  class: 'className',
  for: 'htmlFor',
  tabindex: 'tabIndex',
  colspan: 'colSpan',
  rowspan: 'rowSpan',
  readonly: 'readOnly',
  maxlength: 'maxLength',
  minlength: 'minLength',
  autocomplete: 'autoComplete',
  autofocus: 'autoFocus',
  inputmode: 'inputMode',
  enterkeyhint: 'enterKeyHint',
  novalidate: 'noValidate',
  datetime: 'dateTime',
  srcset: 'srcSet',
  crossorigin: 'crossOrigin',
  spellcheck: 'spellCheck',
  contenteditable: 'contentEditable',
};

/** What a user may change has a first value only. */
const changeable: Readonly<{ [attribute: string]: string }> = {
  value: 'defaultValue',
  checked: 'defaultChecked',
};

/** Attributes that are numbers to the types of React. */
const numeric = new Set(['tabIndex', 'colSpan', 'rowSpan', 'maxLength', 'minLength']);

export function jsxName(tag: string, attribute: string): string {
  if (/^(?:aria|data)-/.test(attribute)) return attribute;
  const first = tag === 'input' || tag === 'textarea' || tag === 'select' ? changeable[attribute] : undefined;
  return (
    first ??
    names[attribute] ??
    attribute.replace(/[-:]([a-z])/g, (_, letter: string) => letter.toUpperCase())
  );
}

export const isNumeric = (name: string, text: string): boolean => numeric.has(name) && /^-?\d+$/.test(text);
