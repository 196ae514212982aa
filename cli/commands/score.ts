/** `pixelwright score`: how like its picture a page is. */
import type { Command } from 'commander';
import { loadOptions, type PageScore, scoreAgainstPicture } from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption, pictureOptions, settingOption } from '../options.ts';
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

export function addScore(program: Command, session: Session): void {
  const command = program
    .command('score')
    .description('Render a page in a browser and compare it with a picture.')
    .argument('<picture>', 'picture: path, http(s) address, data: URI, or clipboard:')
    .argument('<page>', 'the page to score: an HTML file')
    .option(
      '--reference <PAGE>',
      'The page that the picture was taken of, if it is known: makes the score exact.',
    );
  for (const name of ['browser', ...pictureOptions] as const) command.addOption(settingOption(name));
  command.addOption(jsonOption()).action(async (picture: string, page: string, flags: Flags) => {
    session.exitCode = await score(session, picture, page, flags);
  });
}

async function score(session: Session, reference: string, page: string, flags: Flags): Promise<number> {
  const json = flags['json'] === true;
  const settings = await loadSettings(session, flags);
  const referencePage = typeof flags['reference'] === 'string' ? flags['reference'] : undefined;
  const result = await runOne(
    { title: page, style: progressStyle(json), signal: session.signal },
    async (progress) =>
      await scoreAgainstPicture(
        { kind: 'reference', reference },
        page,
        {
          read: loadOptions(settings),
          ...(referencePage === undefined ? {} : { referencePage }),
          ...(settings.browser === undefined ? {} : { browserPath: settings.browser }),
        },
        contextOf(session, settings, progress),
      ),
  );
  if (json) {
    printJson(result);
    return exitCodes.done;
  }
  for (const warning of result.warnings) printNote(warning);
  for (const [name, value, note] of rowsOf(result))
    printResult(`${name.padEnd(18)} ${value.padStart(7)}  ${note}`.trimEnd());
  return exitCodes.done;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function rowsOf(score: PageScore): [name: string, value: string, note: string][] {
  const rows: [string, string, string][] = [
    ['Block', percent(score.block), 'matched area of text'],
    ['Text', percent(score.text), 'likeness of matched texts; says little alone'],
    ['Position', percent(score.position), ''],
    ['Color', percent(score.color), ''],
    ['D2C-4', percent(score.d2c4), 'mean of the four'],
    ['lift', percent(score.lift), `over the bare list of the words, which gets ${percent(score.list)}`],
    ['SSIM', score.ssim.toFixed(3), ''],
    ['pixel error', percent(score.pixelError), ''],
    ['absolute', percent(score.absoluteShare), 'elements placed absolutely'],
    ['pictures', percent(score.pictureShare), 'of the page under pictures'],
    ['unseen text', percent(score.unseenTextShare), ''],
  ];
  if (score.treeBleu !== undefined) rows.push(['TreeBLEU', percent(score.treeBleu), '']);
  if (score.layoutIou !== undefined) rows.push(['layout IoU', percent(score.layoutIou), '']);
  for (const { width, pixels } of score.overflow) rows.push([`overflow at ${width}`, `${pixels} px`, '']);
  return rows;
}
