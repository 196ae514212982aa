/** What the parts of the conversion share. */
import type { GrammarNode } from '../nodes.ts';
import type { Member } from './keywords.ts';
import type { Path } from './refusal.ts';
import type { RuleSet } from './rule-set.ts';

export interface Builder {
  readonly rules: RuleSet;
  /** Nothing, a blank, or a line end with indentation: little enough that a model cannot get lost in it. */
  readonly space: GrammarNode;
  /** One character of a string. */
  readonly character: GrammarNode;
  /** The grammar of a value; `name` is what its rule should be called. */
  value(member: Member, path: Path, name: string): GrammarNode;
}
