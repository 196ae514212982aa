/** What the commands that answer about a picture share: settings, engine, progress, and how an answer is printed. */
import {
  type Engine,
  type LoadOptions,
  loadOptions,
  openEngine,
  type RunContext,
  type Settings,
} from '../shared/index.ts';
import { exitCodes } from './exit.ts';
import { progressStyle, runOne } from './progress.ts';
import { contextOf, type Flags, loadSettings, printJson, printNote, type Session } from './session.ts';

export interface AnswerParts {
  /** Undefined where there is no model. */
  readonly engine: Engine | undefined;
  readonly read: LoadOptions;
  readonly maxTokens: number | undefined;
  readonly settings: Settings;
  readonly context: RunContext;
  /** Prints the words as they come, for a person who reads along; undefined where nobody does. */
  readonly onText: ((piece: string) => void) | undefined;
}

export interface AnswerCommand<Answer> {
  /** What progress lines begin with. */
  readonly title: string;
  /** An engine is looked for. */
  readonly usesModel: boolean;
  /** Words are printed as they come. */
  readonly live?: boolean;
  readonly run: (parts: AnswerParts) => Promise<Answer>;
  /** Prints the answer for people and pipes. @param live the words stand there already. */
  readonly print: (answer: Answer, live: boolean) => void;
}

/** The exit code. Everything else that went wrong is thrown. */
export async function answerCommand<Answer extends { readonly warnings: readonly string[] }>(
  session: Session,
  flags: Flags,
  command: AnswerCommand<Answer>,
): Promise<number> {
  const json = flags['json'] === true;
  const settings = await loadSettings(session, flags);
  // None is looked for where the user wants none: one that is configured wrongly would be an error.
  const wanted = command.usesModel && flags['method'] !== 'measured';
  const engine = wanted ? await openEngine(settings) : undefined;
  const live = command.live === true && !json && process.stdout.isTTY;
  try {
    const answer = await runOne(
      { title: command.title, style: progressStyle(json || live), signal: session.signal },
      async (progress) =>
        await command.run({
          engine,
          read: loadOptions(settings),
          maxTokens: settings.maxTokens,
          settings,
          context: contextOf(session, settings, progress),
          onText: live ? (piece) => process.stdout.write(piece) : undefined,
        }),
    );
    if (json) printJson(answer);
    else {
      for (const warning of answer.warnings) printNote(warning);
      command.print(answer, live);
    }
    return exitCodes.done;
  } finally {
    await engine?.close();
  }
}
