/** `npm run vsix [-- --target linux-x64]`: packs the extension for one platform or all, and tells the sizes. */
import { parseArgs } from 'node:util';
import { markdownTable } from '../readme.ts';
import { buildBundle, pack } from './pack.ts';
import { isTarget, targetNames } from './targets.ts';

const { values } = parseArgs({ options: { target: { type: 'string', multiple: true } } });
const wanted = values.target ?? targetNames;
const unknown = wanted.filter((name) => !isTarget(name));
if (unknown.length > 0) {
  process.stderr.write(`Expected --target ${targetNames.join(' | ')}; got "${unknown.join('", "')}".\n`);
  process.exit(2);
}
const signal = AbortSignal.timeout(30 * 60_000);
const dist = await buildBundle();
const rows: string[][] = [];
for (const target of wanted.filter(isTarget)) {
  const { file, bytes } = await pack(target, dist, signal);
  process.stderr.write(`${file}\n`);
  rows.push([target, (bytes / 1e6).toFixed(1)]);
}
process.stdout.write(`${markdownTable(['platform', 'MB'], rows)}\n`);
