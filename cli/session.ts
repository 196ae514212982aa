/** What every command is given: settings, a run context, and how to print. */
import {
  createContext,
  type Log,
  mergeSettings,
  type ProgressEvent,
  type RunContext,
  readSettingsFile,
  type Settings,
  settingsFromEnvironment,
  settingsFromFlags,
} from '../shared/start.ts';

export interface Session {
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Set by the command that ran; the process ends with it. */
  exitCode: number;
}

export type Flags = Readonly<Record<string, unknown>>;

/** The settings in force for a command. @throws PixelwrightError `option-invalid` naming the source. */
export async function loadSettings(session: Session, flags: Flags): Promise<Settings> {
  return mergeSettings(
    await readSettingsFile(session.environment),
    settingsFromEnvironment(session.environment),
    settingsFromFlags(flags),
  );
}

/** A context whose log goes to stderr when PIXELWRIGHT_DEBUG is set. */
export function contextOf(
  session: Session,
  settings: Settings,
  progress: (event: ProgressEvent) => void = () => {},
): RunContext {
  const debug = session.environment['PIXELWRIGHT_DEBUG'];
  return createContext(session.signal, { limits: settings, progress, ...(debug ? { log: stderrLog } : {}) });
}

const stderrLog: Log = {
  debug: (message) => printNote(`debug: ${message}`),
  info: (message) => printNote(`info: ${message}`),
  warn: (message) => printNote(`warning: ${message}`),
  error: (message) => printNote(`error: ${message}`),
};

/** Results go to stdout, so that they can be piped. */
export function printResult(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Everything else goes to stderr. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The one document of a `--json` run. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
