/** What has four sides or two axes, in as few classes as people write: `p-4`, `px-4 py-2`, `border-b`, `rounded-t-lg`. */
import type { Colors } from './colors.ts';
import { corners, type Edge, edges, type Longhands } from './longhands.ts';
import { lengthClass, pixelsOf } from './scale.ts';

type Four<T> = Readonly<Record<Edge, T>>;

/** They come out as the same class. */
const same = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && lengthClass('m', a)[0] === lengthClass('m', b)[0];

/** @param bare nothing is overridden, so that zero needs no class. */
function fourClasses(root: string, values: Four<string | undefined>, bare: boolean): string[] {
  const of = (axis: string, value: string | undefined): string[] =>
    value === undefined
      ? []
      : lengthClass(`${root}${axis}`, value).filter((text) => !bare || !text.endsWith('-0'));
  const { top, right, bottom, left } = values;
  const [across, along] = [same(left, right), same(top, bottom)];
  if (across && along && same(top, left)) return of('', top);
  return [
    ...(across ? of('x', left) : [...of('l', left), ...of('r', right)]),
    ...(along ? of('y', top) : [...of('t', top), ...of('b', bottom)]),
  ];
}

const sidesOf = (name: string, found: Longhands, end = ''): Four<string | undefined> => {
  const of = (edge: Edge) => found.get(`${name}-${edge}${end}`);
  return { top: of('top'), right: of('right'), bottom: of('bottom'), left: of('left') };
};

/** @param bare no other declaration is overridden, so that zero needs no class. */
export const paddingClasses = (found: Longhands, bare: boolean): string[] =>
  fourClasses('p', sidesOf('padding', found), bare);

/** @param bare as for the padding. */
export const marginClasses = (found: Longhands, bare: boolean): string[] =>
  fourClasses('m', sidesOf('margin', found), bare);

/** @param bare as for the padding. */
export function gapClasses(found: Longhands, bare: boolean): string[] {
  const row = found.get('row-gap');
  const column = found.get('column-gap');
  const of = (root: string, value: string | undefined): string[] =>
    value === undefined ? [] : lengthClass(root, value).filter((text) => !bare || !text.endsWith('-0'));
  if (same(row, column)) return of('gap', row);
  return [...of('gap-x', column), ...of('gap-y', row)];
}

const short: Four<string> = { top: 't', right: 'r', bottom: 'b', left: 'l' };

function widthClass(root: string, width: string): string {
  const pixels = Math.round(pixelsOf(width) ?? 1);
  return pixels === 1 ? root : `${root}-${pixels}`;
}

/** @param bare as for the padding. */
export function borderClasses(found: Longhands, colors: Colors, bare: boolean): string[] {
  const widths = sidesOf('border', found, '-width');
  const drawn = edges.filter((edge) => !/^0(px)?$/.test(widths[edge] ?? '0'));
  const result: string[] = [];
  const declared = edges.filter((edge) => widths[edge] !== undefined);
  const equal = new Set(edges.map((edge) => widths[edge])).size === 1;
  if (declared.length === 4 && equal && (drawn.length > 0 || !bare))
    result.push(drawn.length === 0 ? 'border-0' : widthClass('border', widths.top ?? '1px'));
  else {
    for (const edge of bare ? drawn : declared) {
      const width = widths[edge] ?? '0';
      result.push(
        drawn.includes(edge) ? widthClass(`border-${short[edge]}`, width) : `border-${short[edge]}-0`,
      );
    }
  }
  const styles = new Set(
    edges.map((edge) => found.get(`border-${edge}-style`)).filter((one) => one !== undefined),
  );
  for (const style of styles) if (style !== 'solid') result.push(`border-${style}`);
  const tinted = edges.filter(
    (edge) =>
      found.get(`border-${edge}-color`) !== undefined && (drawn.includes(edge) || declared.length === 0),
  );
  const names = tinted.map((edge) => colors.name(found.get(`border-${edge}-color`) ?? ''));
  if (new Set(names).size === 1 && names[0] !== undefined) result.push(`border-${names[0]}`);
  else
    tinted.forEach((edge, index) => {
      if (names[index] !== undefined) result.push(`border-${short[edge]}-${names[index]}`);
    });
  return result;
}

/** Tailwind's radius that moves no edge by more than 2 pixels, else the radius itself. */
function radiusName(value: string, scale: readonly (readonly [string, number])[]): string {
  const pixels = pixelsOf(value);
  if (pixels === undefined) return value === '50%' ? 'full' : `[${value.replace(/\s+/g, '_')}]`;
  if (pixels < 0.5) return 'none';
  if (pixels >= 999) return 'full';
  const [name, nearest] = scale.reduce((best, entry) =>
    Math.abs(entry[1] - pixels) < Math.abs(best[1] - pixels) ? entry : best,
  );
  return Math.abs(nearest - pixels) <= 2 ? name : `[${Math.round(pixels)}px]`;
}

/** @param scale names with their pixels, the least first. */
export function radiusClasses(
  found: Longhands,
  scale: readonly (readonly [string, number])[],
  bare: boolean,
): string[] {
  const [tl, tr, br, bl] = corners.map((corner) => {
    const value = found.get(`border-${corner}-radius`);
    return value === undefined ? undefined : radiusName(value, scale);
  });
  const of = (root: string, name: string | undefined): string[] =>
    name === undefined || (bare && name === 'none') ? [] : [`${root}-${name}`];
  if (tl === tr && tr === br && br === bl) return of('rounded', tl);
  if (tl === tr && bl === br) return [...of('rounded-t', tl), ...of('rounded-b', bl)];
  if (tl === bl && tr === br) return [...of('rounded-l', tl), ...of('rounded-r', tr)];
  return [...of('rounded-tl', tl), ...of('rounded-tr', tr), ...of('rounded-br', br), ...of('rounded-bl', bl)];
}
