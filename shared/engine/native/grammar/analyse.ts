/** What is wrong with a grammar although it can be read: rules that are missing, loop or never end. */
import type { GrammarNode, GrammarRules } from './nodes.ts';

export interface GrammarProblem {
  readonly kind: 'no-root' | 'undefined' | 'left-recursion' | 'empty-repetition' | 'endless';
  /** Name of the rule that it is about. */
  readonly rule: string;
}

/**
 * The first problem, if any. llama.cpp refuses a left-recursive grammar, as it would expand it for ever;
 * a rule that always needs itself again is accepted, and then an answer can never end.
 */
export function findProblem(rules: GrammarRules): GrammarProblem | undefined {
  if (!rules.has('root')) return { kind: 'no-root', rule: 'root' };
  for (const node of rules.values()) {
    const missing = [...references(node)].find((name) => !rules.has(name));
    if (missing !== undefined) return { kind: 'undefined', rule: missing };
  }
  const maybeEmpty = growing(rules, canBeEmpty);
  for (const [name, node] of rules) {
    if (repeatsEmpty(node, maybeEmpty)) return { kind: 'empty-repetition', rule: name };
  }
  const loop = leftRecursive(rules, maybeEmpty);
  if (loop !== undefined) return { kind: 'left-recursion', rule: loop };
  const ending = growing(rules, canEnd);
  return ending.has('root') ? undefined : { kind: 'endless', rule: endlessFrom(rules, ending) };
}

/** Names of all rules of which `holds` is true, given that it is true of those already found. */
function growing(
  rules: GrammarRules,
  holds: (node: GrammarNode, found: ReadonlySet<string>) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [name, node] of rules) if (!found.has(name) && holds(node, found)) found.add(name);
  }
  return found;
}

function canBeEmpty(node: GrammarNode, found: ReadonlySet<string>): boolean {
  switch (node.kind) {
    case 'literal':
      return node.text === '';
    case 'rule':
      return found.has(node.name);
    case 'sequence':
      return node.items.every((item) => canBeEmpty(item, found));
    case 'choice':
      return node.options.some((option) => canBeEmpty(option, found));
    case 'repeat':
      return node.least === 0 || canBeEmpty(node.item, found);
    default:
      return false;
  }
}

function canEnd(node: GrammarNode, found: ReadonlySet<string>): boolean {
  switch (node.kind) {
    case 'rule':
      return found.has(node.name);
    case 'sequence':
      return node.items.every((item) => canEnd(item, found));
    case 'choice':
      return node.options.some((option) => canEnd(option, found));
    case 'repeat':
      return node.least === 0 || canEnd(node.item, found);
    default:
      return true;
  }
}

/** Without a limit, such a repetition could go round without a character. */
function repeatsEmpty(node: GrammarNode, maybeEmpty: ReadonlySet<string>): boolean {
  if (node.kind === 'repeat' && node.most === undefined && canBeEmpty(node.item, maybeEmpty)) return true;
  return children(node).some((child) => repeatsEmpty(child, maybeEmpty));
}

/** A rule that can come back to itself before a character has come. */
function leftRecursive(rules: GrammarRules, maybeEmpty: ReadonlySet<string>): string | undefined {
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string): string | undefined => {
    if (open.has(name)) return name;
    if (done.has(name)) return undefined;
    open.add(name);
    const node = rules.get(name);
    for (const next of node === undefined ? [] : firsts(node, maybeEmpty)) {
      const loop = visit(next);
      if (loop !== undefined) return loop;
    }
    open.delete(name);
    done.add(name);
    return undefined;
  };
  for (const name of rules.keys()) {
    const loop = visit(name);
    if (loop !== undefined) return loop;
  }
  return undefined;
}

/** Rules that may stand at the start of what `node` matches. */
function firsts(node: GrammarNode, maybeEmpty: ReadonlySet<string>): string[] {
  if (node.kind === 'rule') return [node.name];
  if (node.kind !== 'sequence') return children(node).flatMap((child) => firsts(child, maybeEmpty));
  const names: string[] = [];
  for (const item of node.items) {
    names.push(...firsts(item, maybeEmpty));
    if (!canBeEmpty(item, maybeEmpty)) break;
  }
  return names;
}

/** Follows what keeps `root` from ending, down to a rule that needs itself. */
function endlessFrom(rules: GrammarRules, ending: ReadonlySet<string>): string {
  const seen = new Set<string>();
  let name = 'root';
  while (!seen.has(name)) {
    seen.add(name);
    const node = rules.get(name);
    name = (node && [...references(node)].find((each) => !ending.has(each))) ?? name;
  }
  return name;
}

function references(node: GrammarNode): Set<string> {
  if (node.kind === 'rule') return new Set([node.name]);
  return new Set(children(node).flatMap((child) => [...references(child)]));
}

function children(node: GrammarNode): readonly GrammarNode[] {
  if (node.kind === 'sequence') return node.items;
  if (node.kind === 'choice') return node.options;
  return node.kind === 'repeat' ? [node.item] : [];
}
