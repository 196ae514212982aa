/** `pixelwright compare`: where an implementation differs from its design. */
import path from 'node:path';
import type { Command } from 'commander';
import {
  compareImages,
  type ImageComparison,
  type OutputFile,
  openOutputFolder,
  ownedFiles,
  refuseForeignFiles,
  stemOf,
  version,
  writeOutput,
} from '../../shared/index.ts';
import { type AnswerParts, answerCommand } from '../answer.ts';
import { forceOption, jsonOption, pictureOptions, settingOption } from '../options.ts';
import { type Flags, printResult, type Session } from '../session.ts';

interface Compared extends Omit<ImageComparison, 'files'> {
  /** Absolute paths of what was written. */
  readonly written: readonly string[];
}

export function addCompare(program: Command, session: Session): void {
  const command = program
    .command('compare')
    .description('Compare two pictures: how alike they are, and the regions that differ.')
    .argument('<expected>', 'the design: path, http(s) address, data: URI, clipboard:, or screenshot:latest')
    .argument('<actual>', 'the implementation, in the same forms');
  for (const name of ['out', ...pictureOptions] as const) {
    if (name !== 'straighten') command.addOption(settingOption(name));
  }
  command
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (expected: string, actual: string, flags: Flags) => {
      session.exitCode = await answerCommand(session, flags, {
        title: actual,
        usesModel: false,
        run: async (parts) => await compareAndWrite([expected, actual], flags, parts, session.signal),
        print,
      });
    });
}

/** Files are written only where the user names a folder for them. */
async function compareAndWrite(
  [expected, actual]: readonly [string, string],
  flags: Flags,
  { read, settings, context }: AnswerParts,
  signal: AbortSignal,
): Promise<Compared> {
  const wanted = flags['out'] !== undefined;
  const stem = stemOf(actual);
  const main = `${stem}.compare.json`;
  const drawing = `${stem}.compare.png`;
  const force = flags['force'] === true;
  const folder = wanted ? await openOutputFolder(settings.out) : undefined;
  try {
    if (folder !== undefined && !force) {
      await refuseForeignFiles(folder.path, [main, drawing], await ownedFiles(folder.path, { stem, main }));
    }
    const { files, ...comparison } = await compareImages(
      { kind: 'reference', reference: expected },
      { kind: 'reference', reference: actual },
      { read, name: stem, differenceImage: wanted },
      context,
    );
    if (folder === undefined) return { ...comparison, written: [] };
    const document = { generator: `pixelwright ${version}`, drawing, ...comparison };
    const contents: OutputFile[] = [
      {
        path: main,
        mediaType: 'application/json',
        role: 'data',
        content: `${JSON.stringify(document, null, 2)}\n`,
      },
      ...files.map((file) => ({ ...file, path: drawing })),
    ];
    const written = await writeOutput(folder, { stem, main }, contents, { force, signal });
    return { ...comparison, written };
  } finally {
    await folder?.close();
  }
}

function print({ same, similarity, regions, truncated, written }: Compared): void {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  printResult(`same\t${same ? 'yes' : 'no'}`);
  printResult(`pixels\t${percent(similarity.pixels)}`);
  printResult(`structure\t${percent(similarity.structural)}`);
  for (const { kind, box, weight, note } of regions) {
    printResult([kind, `${box.width}x${box.height}+${box.x}+${box.y}`, percent(weight), note].join('\t'));
  }
  if (truncated) printResult('…\tthere are more regions');
  for (const file of written) printResult(path.relative('', file));
}
