/** A page's elements → a page component and the components that it repeats. */
import { type HtmlElement, noStyles } from '../html/element.ts';
import { type Building, buildRoot } from './build.ts';
import { clustersOf } from './clusters.ts';
import { pageClass } from './css.ts';
import { claim, plural } from './identifiers.ts';
import { componentName } from './item-names.ts';
import { endsOf, mergeElements } from './pattern.ts';
import { withLists } from './repeats.ts';
import type { StyleRule } from './rules.ts';
import { idsOf, type Scope } from './scope.ts';
import { createSheet } from './sheet.ts';
import { createSimilarity } from './similarity.ts';
import type { Component, ElementView, Field } from './view.ts';

export interface ComponentPage {
  /** The page itself: its fields are constants, one value each. */
  readonly page: Component;
  /** What it repeats, in order of weight. */
  readonly components: readonly Component[];
}

export interface ComponentOptions {
  /** Name of the page's own component, in Pascal case. */
  readonly name: string;
  /** Addresses of files that stand beside the page. */
  readonly assets: readonly string[];
  /** All components share one style sheet: equal looks of two are one class. */
  readonly oneSheet: boolean;
}

/** A component whose fields are filled in as its pattern is read; others refer to it before that. */
interface Draft extends Component {
  root: ElementView;
  readonly fields: Field[];
  readonly rules: StyleRule[];
}

const emptyView: ElementView = {
  type: 'element',
  tag: 'div',
  attributes: [],
  className: undefined,
  modifiers: [],
  children: [],
};

/** @param body elements without classes; it is not changed. */
export function componentsOf(body: HtmlElement, options: ComponentOptions): ComponentPage {
  const similarity = createSimilarity();
  const root = withLists(body, similarity);
  const clusters = clustersOf(root, similarity);
  const instances = new Map(
    clusters.flatMap((cluster, at) =>
      cluster.map((node, number) => [node, { cluster: at, number }] as const),
    ),
  );
  const typeNames = new Set([options.name]);
  // Styles of a parent reach the root of a child, so that no name may have two meanings even in files apart.
  const shared = new Map<string, number>();
  const sheets = [undefined, ...clusters].map(() => createSheet(shared));
  shared.set(pageClass, 1);
  const known = new Map<string, string>();
  const draft = (name: string, one: string, at: number): Draft => {
    const component: Draft = {
      name,
      typeName: `${name}Props`,
      one,
      many: plural(one),
      fields: [],
      component: undefined,
      root: emptyView,
      rules: sheets[at]?.rules ?? [],
    };
    return Object.assign(component, { component });
  };
  const pageDraft = draft(options.name, 'page', 0);
  const drafts = clusters.map((nodes, at) => {
    const wanted = componentName(nodes);
    return draft(claim(wanted.name, typeNames, 'component'), wanted.one, at + 1);
  });
  for (const { typeName } of [pageDraft, ...drafts]) typeNames.add(typeName);
  const assets = new Set(options.assets);
  const building: Building = { components: drafts, typeNames, isAsset: (value) => assets.has(value) };
  const ends = endsOf(root);
  [[root], ...clusters].forEach((nodes, at) => {
    const component = at === 0 ? pageDraft : drafts[at - 1];
    const sheet = sheets[at];
    if (component === undefined || sheet === undefined) return;
    const merged = mergeElements(nodes, { similarity, instances, ends });
    const pattern = at === 0 ? { ...merged, tag: 'div', name: '', styles: [noStyles()] } : merged;
    const scope: Scope = {
      count: nodes.length,
      fields: component.fields,
      names: new Set(),
      parent: undefined,
      sheet: options.oneSheet ? { ...sheet, known } : sheet,
      root: {
        className: undefined,
        wanted: at === 0 ? 'page' : pattern.name || component.one,
        modifiers: [],
        fragment: false,
        pattern,
      },
      modified: [],
      ids: idsOf(pattern),
      landmark: '',
    };
    const view = buildRoot(pattern, scope, building);
    component.root = at === 0 ? { ...view, className: pageClass } : view;
  });
  return { page: pageDraft, components: drafts };
}

export type {
  Component,
  Data,
  ElementView,
  Field,
  FieldType,
  Modifier,
  Record,
  Value,
  View,
} from './view.ts';
