/** Classes of a component: what all instances share, and what some of them have instead. */
import { type Declarations, layerNames, noStyles, type StyleLayers } from '../html/element.ts';

/** One class, or one class while another is set on the component's root. */
export interface StyleRule {
  readonly className: string;
  readonly layers: StyleLayers;
  readonly when?: Condition;
}

export interface Condition {
  /** Class of the root; the rule's own class if that is the root. */
  readonly root: string;
  /** A further class that the root has; several that it has not. */
  readonly has?: string;
  readonly lacks?: readonly string[];
  /** Place of the root among its siblings, `not` if it is any other. */
  readonly place?: 'first-child' | 'last-child';
  readonly not?: boolean;
}

/** Shorthands and longhands of one family override each other by order, so they stay together. */
const familyOf = (property: string): string => {
  if (/^(row-|column-)?gap$/.test(property)) return 'gap';
  if (/^border-.*radius$/.test(property)) return 'border-radius';
  return (
    /^(margin|padding|border|background|flex|inset|overflow|text-decoration|list-style|outline)\b/.exec(
      property,
    )?.[1] ?? property
  );
};

export interface Split {
  readonly common: StyleLayers;
  /** By look, what is not common; the first is the most frequent. */
  readonly rests: readonly StyleLayers[];
}

/** Parts what all looks share from what they do not: each look is the common part with its rest after it. */
export function splitLooks(looks: readonly StyleLayers[]): Split {
  const common = noStyles();
  const rests = looks.map(() => noStyles());
  for (const layer of layerNames) {
    const declarations = looks.map((look) => look[layer]);
    const names = new Set(declarations.flatMap((one) => Object.keys(one)));
    const differing = new Set(
      [...names]
        .filter((name) => declarations.some((one) => one[name] !== declarations[0]?.[name]))
        .map(familyOf),
    );
    declarations.forEach((one, at) => {
      for (const [name, value] of Object.entries(one)) {
        const target = differing.has(familyOf(name)) ? rests[at]?.[layer] : common[layer];
        if (target !== undefined) target[name] = value;
      }
    });
  }
  return { common, rests };
}

/** What the most frequent look says and each other says otherwise may stand in the class itself. */
export function settleFirst({ common, rests }: Split): Split {
  const [first, ...others] = rests;
  if (first === undefined) return { common, rests };
  const kept = noStyles();
  for (const layer of layerNames) {
    for (const [name, value] of Object.entries(first[layer])) {
      const family = Object.keys(first[layer]).filter((other) => familyOf(other) === familyOf(name));
      const everywhere = others.every((other) => {
        const theirs = Object.keys(other[layer]).filter((one) => familyOf(one) === familyOf(name));
        return theirs.length === family.length && family.every((one) => theirs.includes(one));
      });
      const target: Declarations = everywhere ? common[layer] : kept[layer];
      target[name] = value;
    }
  }
  return { common, rests: [kept, ...others] };
}

export const isEmptyLook = (layers: StyleLayers): boolean =>
  layerNames.every((layer) => Object.keys(layers[layer]).length === 0);

/** Properties that are in these layers, whatever the layer; `url` if one of them is a picture. */
export const propertiesOf = (layers: StyleLayers): string[] =>
  layerNames.flatMap((layer) =>
    Object.entries(layers[layer]).map(([name, value]) => (`${value}`.includes('url(') ? 'url' : name)),
  );
