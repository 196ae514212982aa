/** Facts → page, the way the pipeline composes its measured draft. */
import { compileTree } from '../../shared/compose/compile.ts';
import { planMeasured } from '../../shared/compose/measured/index.ts';
import type { PageFacts } from '../../shared/facts/page-facts.ts';

export async function composeMeasured(facts: PageFacts, options: { name: string; inlineCss?: boolean }) {
  const { tree, warnings } = planMeasured(facts);
  const { name, inlineCss: inline = false } = options;
  const { files, assets } = await compileTree(tree, 'html', { name, inline, palette: facts.palette });
  const content = (role: string): string => files.find((file) => file.role === role)?.content ?? '';
  return { tree, warnings, assets, html: content('page'), css: content('style') };
}
