/** `pixelwright locate`: where something is in a picture. */
import { type Command, Option } from 'commander';
import { locate } from '../../shared/index.ts';
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

export function addLocate(program: Command, session: Session): void {
  const command = program
    .command('locate')
    .description('Find something in a picture; prints the middle, the box and the label of each match.')
    .argument('<file>', 'picture: path, http(s) address, data: URI, clipboard:, or screenshot:latest')
    .argument('<what>', 'what to find, in quotes: "the Save button"')
    .addOption(
      new Option('--form <FORM>', 'What to ask a model for.').choices(['box', 'point']).default('box'),
    )
    .addOption(methodOption());
  for (const name of [...modelOptions, ...pictureOptions] as const) command.addOption(settingOption(name));
  command.addOption(jsonOption()).action(async (file: string, target: string, flags: Flags) => {
    const form = flags['form'] === 'point' ? 'point' : 'box';
    session.exitCode = await answerCommand(session, flags, {
      title: file,
      usesModel: true,
      run: async ({ context, ...options }) =>
        await locate(
          { kind: 'reference', reference: file },
          { ...options, target, form, method: methodOf(flags) },
          context,
        ),
      print: ({ matches }) => {
        for (const { point, box, label } of matches) {
          const size = box === undefined ? '' : `${box.width}x${box.height}+${box.x}+${box.y}`;
          printResult([`${point.x},${point.y}`, size, label].join('\t'));
        }
      },
    });
  });
}
