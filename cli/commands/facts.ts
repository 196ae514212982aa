/** `pixelwright facts`: what was measured in a picture, as JSON and as a picture. */
import path from 'node:path';
import type { Command } from 'commander';
import {
  annotate,
  loadOptions,
  measure,
  type OutputFile,
  openOutputFolder,
  type PageFacts,
  type Settings,
  stemOf,
  version,
  writeOutput,
} from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { forceOption, jsonOption, pictureOptions, settingOption } from '../options.ts';
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

export function addFacts(program: Command, session: Session): void {
  const command = program
    .command('facts')
    .description(
      'Measure a picture without a model: text lines, boxes, colours; as JSON and an annotated PNG.',
    )
    .argument('<file>', 'picture: path, http(s) address, data: URI, or clipboard:');
  for (const name of ['out', ...pictureOptions] as const) command.addOption(settingOption(name));
  command
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (reference: string, flags: Flags) => {
      session.exitCode = await facts(session, reference, flags);
    });
}

async function facts(session: Session, reference: string, flags: Flags): Promise<number> {
  const json = flags['json'] === true;
  const settings = await loadSettings(session, flags);
  // For a script the JSON on stdout is the result; files are written only where it names a folder.
  const writes = !json || flags['out'] !== undefined;
  const { document, files, warnings } = await runOne(
    { title: reference, style: progressStyle(json), signal: session.signal },
    async (progress) => {
      const context = contextOf(session, settings, progress);
      const read = loadOptions(settings);
      const { picture, facts: measured } = await measure({ kind: 'reference', reference }, context, read);
      const stem = stemOf(reference);
      const document = documentOf(picture.name, `${stem}.facts.png`, measured);
      if (!writes) return { document, files: [], warnings: picture.warnings };
      const png = await annotate(picture.raster, measured, context);
      const contents: OutputFile[] = [
        {
          path: `${stem}.facts.json`,
          mediaType: 'application/json',
          role: 'data',
          content: textOf(document),
        },
        { path: `${stem}.facts.png`, mediaType: 'image/png', role: 'asset', content: png },
      ];
      const files = await write(session, settings, stem, contents, flags['force'] === true);
      return { document, files, warnings: picture.warnings };
    },
  );
  if (json) {
    printJson(document);
    return exitCodes.done;
  }
  for (const warning of warnings) printNote(warning);
  for (const file of files) printResult(path.relative('', file));
  return exitCodes.done;
}

const textOf = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

/** `generator` marks the file as ours; `annotated` names the picture beside it. */
function documentOf(picture: string, annotated: string, measured: PageFacts) {
  return { generator: `pixelwright ${version}`, picture, annotated, ...measured };
}

async function write(
  session: Session,
  settings: Settings,
  stem: string,
  files: readonly OutputFile[],
  force: boolean,
): Promise<string[]> {
  const folder = await openOutputFolder(settings.out);
  try {
    return await writeOutput(folder, { stem, main: `${stem}.facts.json` }, files, {
      force,
      signal: session.signal,
    });
  } finally {
    await folder.close();
  }
}
