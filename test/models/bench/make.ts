/** Makes the bench's pair ahead of the bench: `npx tsx test/models/bench/make.ts [q8_0] [f16]`. */
import { benchModel } from './pair.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
const wanted = process.argv.slice(2);
for (const projector of ['q8_0', 'f16'] as const) {
  if (wanted.length > 0 && !wanted.includes(projector)) continue;
  const report = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const { model, mmproj } = await benchModel({ projector, signal: interrupted.signal, report });
  process.stdout.write(`${model}\n${mmproj}\n`);
}
