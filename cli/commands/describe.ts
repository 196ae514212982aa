/** `pixelwright describe`: a picture in words, by a model. */
import { type Command, Option } from 'commander';
import { describePicture, loadOptions, openEngine, requireEngine } from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption, modelOptions, pictureOptions, settingOption } from '../options.ts';
import { progressStyle, runOne } from '../progress.ts';
import {
  contextOf,
  type Flags,
  loadSettings,
  printJson,
  printNote,
  printResult,
  type Session,
} from '../session.ts';

export function addDescribe(program: Command, session: Session): void {
  const command = program
    .command('describe')
    .description('Tell in words what a picture shows. Needs a model.')
    .argument('<file>', 'picture: path, http(s) address, data: URI, or clipboard:')
    .addOption(
      new Option('--detail <DETAIL>', 'How much to tell.').choices(['short', 'full']).default('full'),
    )
    .option('--focus <TEXT>', 'What to pay attention to.')
    .option('--language <NAME>', 'Language of the description.');
  for (const name of [...modelOptions, ...pictureOptions] as const) command.addOption(settingOption(name));
  command.addOption(jsonOption()).action(async (reference: string, flags: Flags) => {
    session.exitCode = await describe(session, reference, flags);
  });
}

async function describe(session: Session, reference: string, flags: Flags): Promise<number> {
  const json = flags['json'] === true;
  const settings = await loadSettings(session, flags);
  const engine = requireEngine(await openEngine(settings), 'Describing a picture');
  // A person who reads along sees the words as they come; then progress lines would stand between them.
  const live = !json && process.stdout.isTTY;
  try {
    const description = await runOne(
      { title: reference, style: progressStyle(json || live), signal: session.signal },
      async (progress) =>
        await describePicture(
          { kind: 'reference', reference },
          {
            engine,
            read: loadOptions(settings),
            ...(live ? { onText: (piece: string) => process.stdout.write(piece) } : {}),
            detail: flags['detail'] === 'short' ? 'short' : 'full',
            ...(typeof flags['focus'] === 'string' ? { focus: flags['focus'] } : {}),
            ...(typeof flags['language'] === 'string' ? { language: flags['language'] } : {}),
            ...(settings.maxTokens === undefined ? {} : { maxTokens: settings.maxTokens }),
          },
          contextOf(session, settings, progress),
        ),
    );
    if (json) {
      printJson(description);
      return exitCodes.done;
    }
    for (const warning of description.warnings) printNote(warning);
    printResult(live ? '' : description.text);
    if (description.truncated) printNote('The answer was cut at its token limit; --max-tokens raises it.');
    if (description.repetition)
      printNote('The model repeated itself and was stopped; the repeated part is left out.');
    return exitCodes.done;
  } finally {
    await engine.close();
  }
}
