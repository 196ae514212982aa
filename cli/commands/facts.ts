/** `pixelwright facts`: what was measured in a picture, as JSON and as a picture. */
import path from 'node:path';
import type { Command } from 'commander';
import {
  annotate,
  loadOptions,
  measure,
  type OutputFile,
  type OutputFolder,
  openOutputFolder,
  ownedFiles,
  type RunContext,
  refuseForeignFiles,
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
  const folder = json && flags['out'] === undefined ? undefined : await openOutputFolder(settings.out);
  try {
    const force = flags['force'] === true;
    const { document, files, warnings } = await runOne(
      { title: reference, style: progressStyle(json), signal: session.signal },
      async (progress) =>
        await measureAndWrite(reference, folder, force, settings, contextOf(session, settings, progress)),
    );
    if (json) {
      printJson(document);
      return exitCodes.done;
    }
    for (const warning of warnings) printNote(warning);
    for (const file of files) printResult(path.relative('', file));
    return exitCodes.done;
  } finally {
    await folder?.close();
  }
}

async function measureAndWrite(
  reference: string,
  folder: OutputFolder | undefined,
  force: boolean,
  settings: Settings,
  context: RunContext,
) {
  const stem = stemOf(reference);
  const [main, annotated] = [`${stem}.facts.json`, `${stem}.facts.png`];
  if (folder !== undefined && !force) {
    await refuseForeignFiles(folder.path, [main, annotated], await ownedFiles(folder.path, { stem, main }));
  }
  const { picture, facts: measured } = await measure(
    { kind: 'reference', reference },
    context,
    loadOptions(settings),
  );
  // `generator` marks the file as ours; `annotated` names the picture beside it.
  const document = { generator: `pixelwright ${version}`, picture: picture.name, annotated, ...measured };
  if (folder === undefined) return { document, files: [], warnings: picture.warnings };
  const json = `${JSON.stringify(document, null, 2)}\n`;
  const png = await annotate(picture.raster, measured, context);
  const contents: OutputFile[] = [
    { path: main, mediaType: 'application/json', role: 'data', content: json },
    { path: annotated, mediaType: 'image/png', role: 'asset', content: png },
  ];
  const { signal } = context;
  const files = await writeOutput(folder, { stem, main }, contents, { force, signal });
  return { document, files, warnings: picture.warnings };
}
