/** The class of an element, and what its looks hang on where they vary: its place, or a field. */
import type { ElementPattern } from './pattern.ts';
import { type Condition, propertiesOf, splitLooks } from './rules.ts';
import { modifierField, type Scope } from './scope.ts';
import {
  claimClass,
  type Looks,
  looksOf,
  placeOfLook,
  plainClass,
  type Sheet,
  variantRules,
} from './sheet.ts';
import type { Modifier } from './view.ts';

/** Modifiers of its own has only what stands in no root of its own. */
export function classOf(
  pattern: ElementPattern,
  scope: Scope,
): { className: string | undefined; own: readonly Modifier[] } {
  const found = looksOf(pattern);
  const [look] = found.looks;
  if (look === undefined) return { className: undefined, own: [] };
  const { sheet } = scope;
  if (found.looks.length === 1) return { className: plainClass(sheet, pattern.name, look), own: [] };
  const className = claimClass(sheet, pattern.name);
  return byPlace(pattern, found, className, className, sheet)
    ? { className, own: [] }
    : modified(pattern, found, className, scope);
}

/** Writes looks that only the first or the last of a row has. @returns false if there are others. */
function byPlace(
  ends: Pick<ElementPattern, 'first' | 'last'>,
  found: Looks,
  className: string,
  root: string,
  sheet: Sheet,
): boolean {
  const placed = placeOfLook(ends, found);
  if (placed === undefined) return false;
  const { place, look } = placed;
  variantRules(sheet, className, found.looks, (at) => ({ root, place, ...(at !== look && { not: true }) }));
  return true;
}

/** Hangs the looks on a field of the nearest scope in which they can be told apart. */
function modified(
  pattern: ElementPattern,
  found: Looks,
  className: string,
  scope: Scope,
): { className: string; own: readonly Modifier[] } {
  const { looks, partition } = found;
  const home = scope.root.fragment ? { scope, partition } : homeOf(scope, partition);
  const { root } = home.scope;
  if (pattern === root.pattern) root.className = className;
  const there = { looks, partition: home.partition };
  if (!root.fragment && placeOfLook(root.pattern, there) !== undefined) {
    root.className ??= claimClass(scope.sheet, root.wanted);
    byPlace(root.pattern, there, className, root.className, scope.sheet);
    return { className, own: [] };
  }
  const properties = splitLooks(looks).rests.flatMap(propertiesOf);
  const field = modifierField(home.scope, home.partition, properties);
  root.className ??= root.fragment ? undefined : claimClass(scope.sheet, root.wanted);
  const carrier = root.className ?? className;
  const stem = `${carrier}--${field.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const modifier = { name: stem, field };
  if (!root.fragment && !root.modifiers.some((one) => one.name === stem)) root.modifiers.push(modifier);
  const classFor = (at: number): string => (field.type.type === 'choice' ? `${stem}-${at + 1}` : stem);
  const others = looks.map((_, at) => at).filter((at) => at > 0);
  variantRules(
    scope.sheet,
    className,
    looks,
    (at): Condition =>
      at === 0 ? { root: carrier, lacks: others.map(classFor) } : { root: carrier, has: classFor(at) },
  );
  return { className, own: root.fragment ? [modifier] : [] };
}

/** The outermost scope in each instance of which there is one look only. */
function homeOf(
  scope: Scope,
  partition: readonly (number | undefined)[],
): { scope: Scope; partition: readonly (number | undefined)[] } {
  const { parent } = scope;
  if (parent === undefined || parent.scope.root.fragment || parent.scope.count < 2)
    return { scope, partition };
  const outer: (number | undefined)[] = Array.from({ length: parent.scope.count }, () => undefined);
  for (const [index, look] of partition.entries()) {
    const at = parent.of[index] ?? 0;
    if (look === undefined) continue;
    if (outer[at] !== undefined && outer[at] !== look) return { scope, partition };
    outer[at] = look;
  }
  return homeOf(parent.scope, outer);
}
