/** What repeats becomes one component, and what differs its data. */
import { describe, expect, it } from 'vitest';
import { type Component, componentsOf, type Data } from '../../../shared/compose/components/index.ts';
import { createElement, type HtmlElement } from '../../../shared/compose/html/element.ts';

const element = (tag: string, name: string, ...children: (HtmlElement | string)[]): HtmlElement =>
  createElement(tag, name, children);

function picture(src: string, name = 'card-image'): HtmlElement {
  const img = element('img', name);
  img.attributes = { src, alt: '' };
  return img;
}

function card(title: string, price: string, image: string, badge?: string): HtmlElement {
  const parts = [
    picture(image),
    element('h3', 'card-title', title),
    element('p', 'card-text', price),
    ...(badge === undefined ? [] : [element('span', 'badge', badge)]),
  ];
  return element('div', 'card', ...parts);
}

const compiled = (...children: HtmlElement[]) =>
  componentsOf(element('body', 'page', ...children), {
    name: 'Shop',
    assets: ['a.png', 'b.png', 'c.png'],
    oneSheet: false,
  });

const plainOf = (data: Data | undefined): unknown =>
  data?.type === 'text' ? data.text : data?.type === 'asset' ? { file: data.path } : data?.type;

/** Fields of a component with the values of all its instances. */
const table = (component: Component | undefined): Record<string, unknown[]> =>
  Object.fromEntries((component?.fields ?? []).map(({ name, values }) => [name, values.map(plainOf)]));

describe('cards', () => {
  const cards = [
    card('Mug', '$12.00', 'a.png'),
    card('Lamp', '$40.00', 'b.png', 'New'),
    card('Bag', '$7.50', 'c.png'),
  ];

  it('are one component with a field for each thing that differs', () => {
    const { page, components } = compiled(element('div', 'grid', ...cards));
    expect(components.map(({ name }) => name)).toEqual(['ProductCard']);
    expect(table(components[0])).toEqual({
      image: [{ file: 'a.png' }, { file: 'b.png' }, { file: 'c.png' }],
      title: ['Mug', 'Lamp', 'Bag'],
      price: ['$12.00', '$40.00', '$7.50'],
      badge: [undefined, 'New', undefined],
    });
    expect(page.fields.map(({ name }) => name)).toEqual(['products']);
  });

  it('elsewhere on the page are the same component', () => {
    const { components } = compiled(
      element('section', 'section', element('div', 'grid', ...cards)),
      element(
        'section',
        'section-other',
        element('h2', 'section-title', 'Today'),
        card('Pen', '$1.00', 'a.png'),
      ),
    );
    expect(components.map(({ name, fields }) => [name, fields[0]?.values.length])).toEqual([
      ['ProductCard', 4],
    ]);
  });

  it('that look different tell it by one field, not by their class', () => {
    const [one, two, three] = cards;
    if (two !== undefined) two.styles.base = { background: '#ff0000' };
    const { components } = compiled(
      element('div', 'grid', ...[one, two, three].filter((node) => node !== undefined)),
    );
    const [component] = components;
    expect(table(component)['highlighted']).toEqual([undefined, 'true', undefined]);
    expect(component?.root.modifiers.map(({ name }) => name)).toEqual(['card--highlighted']);
  });
});

describe('small repeats', () => {
  it('are a list of texts in place', () => {
    const links = ['Home', 'Shop', 'Help'].map((text) =>
      element('li', 'item', element('a', 'item-link', text)),
    );
    const { page, components } = compiled(element('nav', 'site-nav', element('ul', 'nav-list', ...links)));
    expect(components).toEqual([]);
    const [field] = page.fields;
    expect(field?.name).toBe('navLinks');
    expect(field?.type).toMatchObject({ type: 'list', of: { fields: [{ name: 'label' }] } });
  });

  it('are no list where words only stand below each other', () => {
    const { page } = compiled(
      element('div', 'card', element('p', 'card-text', 'Hanna'), element('p', 'card-text', 'Growth')),
    );
    expect(page.fields).toEqual([]);
  });

  it('of a table are named by its headings', () => {
    const row = (tag: string, ...cells: string[]): HtmlElement =>
      element('tr', 'table-row', ...cells.map((text) => element(tag, `table-${tag}`, text)));
    const { page } = compiled(
      element(
        'table',
        'data-table',
        element('thead', '', row('th', 'Customer', 'Due date')),
        element('tbody', '', row('td', 'Ada', 'Monday'), row('td', 'Bo', 'Friday')),
      ),
    );
    expect(page.fields[0]?.type).toMatchObject({
      of: { fields: [{ name: 'customer' }, { name: 'dueDate' }] },
    });
  });
});

describe('names', () => {
  it('clash neither with elements nor with words of the language', () => {
    const named = (role: string): HtmlElement[] =>
      ['a', 'b'].map((text) =>
        element(
          'div',
          role,
          element('h3', 'constructor', text),
          element('p', 'class', `${text}1`),
          element('p', 'proto', `${text}2`),
        ),
      );
    const { components } = compiled(
      element('div', 'one', ...named('table-block')),
      element('div', 'two', ...named('button')),
    );
    for (const { name, fields } of components) {
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]*$/);
      expect(['Table', 'Button', 'Object']).not.toContain(name);
      for (const field of fields) expect(['constructor', 'class']).not.toContain(field.name);
    }
    expect(components.length).toBeGreaterThan(0);
  });
});
