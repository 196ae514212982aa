/**
 * Tries a part by hand or by script, in a real VS Code against the working tree, without packing:
 *
 *     npm run build && flock /tmp/vscode.lock npx tsx test/vscode/harness/try-main.ts my-scenario.mts [folder]
 *
 * `my-scenario.mts` (say in `.cache/scratch/`) exports a function that is given the open `Workbench` of
 * `workbench.ts` and a `settings` function; without it a picture of the window is taken, and nothing else:
 *
 *     export default async function ({ workbench, settings }) {
 *       const choose = () => workbench.chooseFromContextMenu('sample.png', 'Convert Mockup to Code…');
 *       console.log(await workbench.openPick(choose));
 *       await workbench.pick('HTML and CSS');
 *       await workbench.screenshot('pick');       // .cache/vscode-screens/pick.png: look at it
 *     }
 *
 * The folder is opened as a copy; by default it holds a few pictures and pages. About 10 s a run.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './install.ts';
import { withVsCode } from './session.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

interface Scenario {
  readonly default: (given: {
    workbench: Workbench;
    /** Merges into the machine's settings while VS Code runs. */
    settings: (changes: Readonly<Record<string, unknown>>) => Promise<void>;
    /** The work folder, with `server.log` and the extension hosts' logs under `data/logs`. */
    home: string;
  }) => Promise<void>;
}

const [script, folder] = process.argv.slice(2);
const options = { development: [root], ...(folder === undefined ? {} : { folder: path.resolve(folder) }) };
await withVsCode(options, async (session) => {
  const workbench = await openWorkbench(session.browser, {
    origin: session.server.origin,
    folder: session.folder,
  });
  if (script === undefined) {
    console.log(await workbench.screenshot('try'));
    return;
  }
  // A scenario is the caller's own file, of the form that is said above.
  const scenario = (await import(pathToFileURL(path.resolve(script)).href)) as Scenario;
  try {
    await scenario.default({ workbench, settings: session.changeSettings, home: session.home });
  } catch (error) {
    console.log(await workbench.screenshot('failed'));
    throw error;
  }
});
