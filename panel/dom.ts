/** Typed ways to the elements of the page; texts are set as text, so nothing that is shown can become markup. */

/** @throws RangeError where the page lacks it, which only an edit of the page can cause. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new RangeError(`The page has no ${kind.name} #${id}.`);
}

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export interface RadioOption {
  readonly value: string;
  readonly content: readonly (Node | string)[];
  readonly checked: boolean;
}

/** Native radio buttons, so that arrow keys and screen readers know them. Keeps the focus where it was. */
export function radios(
  fieldset: HTMLFieldSetElement,
  options: readonly RadioOption[],
  onChoose: (value: string) => void,
): void {
  const focused = fieldset.contains(document.activeElement);
  for (const label of fieldset.querySelectorAll('label')) label.remove();
  for (const { value, content, checked } of options) {
    const input = make('input', { type: 'radio', name: fieldset.id, value, checked });
    input.addEventListener('change', () => onChoose(value));
    fieldset.append(make('label', {}, input, ...content));
    if (focused && checked) input.focus();
  }
}
