/** `pixelwright text`: the text of a picture, as plain text, Markdown, or lines with boxes. */
import { type Command, Option } from 'commander';
import { extractText } from '../../shared/index.ts';
import { answerCommand } from '../answer.ts';
import {
  jsonOption,
  methodOf,
  methodOption,
  modelOptions,
  pictureOptions,
  settingOption,
} from '../options.ts';
import { type Flags, printResult, type Session } from '../session.ts';

export function addText(program: Command, session: Session): void {
  const command = program
    .command('text')
    .description('Read the text of a picture; as JSON with the box of each line.')
    .argument('<file>', 'picture: path, http(s) address, data: URI, clipboard:, or screenshot:latest')
    .addOption(new Option('--markdown', 'Print Markdown: headings, tables, paragraphs.').conflicts('json'))
    .addOption(methodOption());
  for (const name of [...modelOptions, ...pictureOptions] as const) command.addOption(settingOption(name));
  command.addOption(jsonOption()).action(async (file: string, flags: Flags) => {
    session.exitCode = await answerCommand(session, flags, {
      title: file,
      usesModel: true,
      run: async ({ context, ...options }) =>
        await extractText(
          { kind: 'reference', reference: file },
          { ...options, method: methodOf(flags) },
          context,
        ),
      print: ({ text, markdown }) => printResult(flags['markdown'] === true ? markdown : text),
    });
  });
}
