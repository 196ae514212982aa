/** A client as a process: asks the host of the folder in its arguments one thing, and prints what came. */
import { createHostEngine } from '../../shared/engine/host/host-engine.ts';
import { collect } from '../../shared/engine/stream/collect.ts';

const [folder = '', main = '', prompt = ''] = process.argv.slice(2);
const engine = createHostEngine({
  model: { model: '/models/tiny.gguf' },
  idleMinutes: 10,
  folder,
  command: [main],
});
const { text } = await collect(
  engine.stream(
    { messages: [{ role: 'user', parts: [{ type: 'text', text: prompt }] }] },
    { signal: new AbortController().signal },
  ),
);
await engine.close();
process.stdout.write(text);
