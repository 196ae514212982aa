/** What an oracle perceives of known pages comes out as the elements that the pages were made of. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oraclePerception } from '../../bench/quality/oracle/perception.ts';
import { truthOf } from '../../bench/quality/oracle/read-truth.ts';
import { listPages } from '../../bench/quality/pages.ts';
import { compileTree } from '../../shared/compose/compile.ts';
import { planPerceived } from '../../shared/compose/perceived/index.ts';
import { planMerge } from '../../shared/compose/perceived/match.ts';
import { applyMerge } from '../../shared/compose/perceived/match-apply.ts';
import { createOracle, type Oracle } from '../oracle/oracle-facts.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
let oracle: Oracle;

beforeAll(async () => {
  oracle = await createOracle();
});

afterAll(async () => {
  await oracle.close();
});

type Element = DefaultTreeAdapterTypes.Element;

/** Each element with its children's names: `ul>li,li`. */
function nestings(html: string): Set<string> {
  const found = new Set<string>();
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if (!('childNodes' in node)) return;
    const children = node.childNodes.filter((child): child is Element => 'tagName' in child);
    if ('tagName' in node && children.length > 0)
      found.add(`${node.tagName}>${children.map((child) => child.tagName).join(',')}`);
    children.forEach(visit);
  };
  visit(parse(html));
  return found;
}

async function composed(name: string): Promise<Set<string>> {
  const [page] = await listPages(path.join(fixtures, 'pages'), [name]);
  if (page === undefined) throw new Error(`There is no page ${name}.`);
  const facts = await oracle.facts(page.file, page);
  const perception = oraclePerception(await truthOf(page, fixtures), { seed: name, jitter: 0, misread: 0 });
  const merged = applyMerge(planMerge(facts, perception));
  const { tree } = planPerceived(merged.facts, merged.perception);
  const { files } = await compileTree(tree, 'html', { name, palette: facts.palette });
  return nestings(files[0]?.content ?? '');
}

describe('pages as an oracle perceives them', () => {
  it('settings: navigation as a list, sections of rows, a form with its buttons', async () => {
    const found = await composed('settings');
    for (const nesting of [
      'div>nav,main',
      'nav>ul',
      'main>h1,p,form',
      'form>section,section,div',
      'div>button,button',
    ])
      expect([...found]).toContain(nesting);
  });

  it('pricing: links side by side without a list, three alike articles', async () => {
    const found = await composed('pricing');
    for (const nesting of ['nav>a,a,a,a', 'div>h1,p', 'div>article,article,article', 'article>h2,p,p,ul,a'])
      expect([...found]).toContain(nesting);
  });

  it('dashboard: a table with its head, names with their values', async () => {
    const found = await composed('dashboard');
    for (const nesting of ['table>thead,tbody', 'tr>th,th,th,th', 'tr>td,td,td,td', 'dl>div,div,div,div'])
      expect([...found]).toContain(nesting);
  });
});
