/** `npm run bench:extension`: how long activation takes, by VS Code's own clock, and how large the packages are. */
import { parseArgs } from 'node:util';
import { withVsCode } from '../../test/vscode/harness/session.ts';
import { openWorkbench, type Workbench } from '../../test/vscode/harness/workbench.ts';
import { markdownTable } from '../readme.ts';
import { buildBundle, pack } from '../vsix/pack.ts';
import { mostBytes, targetNames } from '../vsix/targets.ts';

/** The aim, milliseconds. */
const mostMilliseconds = 100;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, sizes: { type: 'boolean', default: true } },
  allowNegative: true,
});
const signal = AbortSignal.timeout(30 * 60_000);
const dist = await buildBundle();
const packages = [];
for (const target of values.sizes ? targetNames : (['linux-x64'] as const)) {
  packages.push(await pack(target, dist, signal));
}
const vsix = packages.flatMap(({ target, file }) => (target === 'linux-x64' ? [file] : []));
const times = await withVsCode({ vsix }, async ({ server, browser, folder }) => {
  const measured: number[] = [];
  for (let run = 0; run < Number(values.runs); run += 1) {
    const workbench = await openWorkbench(browser, { origin: server.origin, folder });
    measured.push(await activationTime(workbench));
    await workbench.close();
  }
  return measured.toSorted((one, other) => one - other);
});
const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
const aim = `at most ${mostMilliseconds} ms`;
process.stdout.write(
  `${markdownTable(
    ['what', 'figure', 'aim'],
    [
      ['activation, median', `${median} ms`, aim],
      ['activation, slowest', `${times.at(-1)} ms of ${times.length}`, aim],
      ...packages.map(({ target, bytes }) => [
        `package for ${target}`,
        `${megabytes(bytes)} MB`,
        `at most ${megabytes(mostBytes)} MB`,
      ]),
    ],
  )}\n`,
);
if (median > mostMilliseconds) process.exitCode = 1;

/** Milliseconds that loading the entry and `activate` took together, as VS Code tells of its running extensions. */
async function activationTime(workbench: Workbench): Promise<number> {
  await workbench.command('Developer: Show Running Extensions');
  const row = workbench.page
    .locator('.runtime-extensions-editor .extension')
    .filter({ hasText: 'Pixelwright' });
  const text = await row.locator('.activation-time').innerText();
  const time = /(\d+) ?ms/.exec(text)?.[1];
  if (time === undefined) throw new Error(`Expected an activation time; VS Code says "${text}".`);
  return Number(time);
}
