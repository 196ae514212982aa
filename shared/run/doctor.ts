/** Looks at what this machine has for each part of the work, and says what to do about each gap. */
import type { Settings } from '../config.ts';
import { userSettingsPath } from '../config-file.ts';
import type { RunContext } from '../context.ts';
import { PixelwrightError, throwIfCancelled } from '../errors.ts';
import { readEncoded } from '../image/index.ts';
import { engineFinding, gpuFinding, modelFinding } from './doctor-engine.ts';
import { serverEngine } from './engine.ts';
import { listGpus } from './gpu.ts';

export interface Finding {
  readonly name:
    | 'Node'
    | 'browser'
    | 'GPU'
    | 'native engine'
    | 'model'
    | 'engine server'
    | 'fonts'
    | 'clipboard'
    | 'settings';
  /** `ok`: here. `absent`: not here, and some things go without. `broken`: asked for, and does not work. */
  readonly status: 'ok' | 'absent' | 'broken';
  /** What was found. */
  readonly found: string;
  /** What to do about a gap, and what for. */
  readonly next?: string;
}

/** Least Node version; the same as `engines` in the manifest. */
const leastNode = [20, 11] as const;

/** Everything that can be looked at, in the order that a person reads it. @throws PixelwrightError `cancelled`. */
export async function diagnose(settings: Settings, context: RunContext): Promise<Finding[]> {
  const findings: Finding[] = [nodeFinding(process.versions.node)];
  const gpus = await listGpus(settings, context);
  const looks = [
    browserFinding,
    () => gpuFinding(gpus),
    () => engineFinding(gpus, settings),
    () => modelFinding(settings),
    serverFinding,
    fontFinding,
    clipboardFinding,
  ];
  for (const look of looks) {
    throwIfCancelled(context.signal);
    findings.push(await look(settings, context));
  }
  return [
    ...findings,
    { name: 'settings', status: 'ok', found: `read from ${userSettingsPath()} where it exists` },
  ];
}

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  return enough
    ? { name: 'Node', status: 'ok', found: version }
    : {
        name: 'Node',
        status: 'broken',
        found: version,
        next: `Install Node ${leastNode.join('.')} or newer.`,
      };
}

async function browserFinding(settings: Settings): Promise<Finding> {
  // Loaded late, as the browser's library is in every other place.
  const { findBrowser } = await import('../score/find-browser.ts');
  try {
    const found = await findBrowser(settings.browser === undefined ? {} : { browserPath: settings.browser });
    return { name: 'browser', status: 'ok', found: `${found.path} (${found.origin})` };
  } catch (error) {
    const named = settings.browser !== undefined;
    return gap('browser', named ? 'broken' : 'absent', error, 'Only "score" needs one.');
  }
}

async function serverFinding(settings: Settings, context: RunContext): Promise<Finding> {
  if (settings.baseUrl === undefined) {
    return { name: 'engine server', status: 'absent', found: 'none configured', next: 'See "model".' };
  }
  const engine = serverEngine(settings, context.log);
  try {
    const info = await engine.describe({ signal: context.signal });
    const size = info.contextSize === undefined ? '' : `, context ${info.contextSize} tokens`;
    const blind = info.capabilities.vision === false;
    const found = `${info.name}: ${info.model}${size}${blind ? ', which does not see pictures' : ''}`;
    return blind
      ? { name: 'engine server', status: 'broken', found, next: 'Load a vision model, with its mmproj file.' }
      : { name: 'engine server', status: 'ok', found };
  } catch (error) {
    throwIfCancelled(context.signal);
    return gap('engine server', 'broken', error, '');
  } finally {
    await engine.close();
  }
}

async function fontFinding(): Promise<Finding> {
  const { GlobalFonts } = await import('@napi-rs/canvas');
  const families = GlobalFonts.families.map(({ family }) => family);
  const chinese = families.filter((name) =>
    /CJK|PingFang|YaHei|WenQuanYi|Noto Sans SC|SimSun|Heiti/i.test(name),
  );
  if (families.length === 0) {
    return {
      name: 'fonts',
      status: 'absent',
      found: 'none installed',
      next: 'Install a font family, e.g. DejaVu or Liberation: text sizes are fitted against installed fonts.',
    };
  }
  const found = `${families.length} families${chinese[0] === undefined ? ', none for Chinese' : `, Chinese: ${chinese[0]}`}`;
  if (chinese.length > 0) return { name: 'fonts', status: 'ok', found };
  return { name: 'fonts', status: 'ok', found, next: 'For Chinese pages install Noto Sans CJK or the like.' };
}

async function clipboardFinding(_: Settings, context: RunContext): Promise<Finding> {
  try {
    await readEncoded({ kind: 'reference', reference: 'clipboard:' }, context);
    return { name: 'clipboard', status: 'ok', found: 'holds a picture' };
  } catch (error) {
    throwIfCancelled(context.signal);
    if (error instanceof PixelwrightError && error.code === 'input-not-found') {
      return { name: 'clipboard', status: 'ok', found: 'holds no picture now' };
    }
    return gap('clipboard', 'absent', error, '');
  }
}

function gap(name: Finding['name'], status: 'absent' | 'broken', error: unknown, purpose: string): Finding {
  if (!(error instanceof PixelwrightError)) throw error;
  return { name, status, found: error.message, next: [error.next, purpose].filter(Boolean).join(' ') };
}
