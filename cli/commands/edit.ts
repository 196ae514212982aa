/** `pixelwright edit`: changes a page or component as an instruction says. */
import path from 'node:path';
import type { Command } from 'commander';
import { editFiles, requireEngine } from '../../shared/index.ts';
import { answerCommand } from '../answer.ts';
import { jsonOption, modelOptions, settingOption } from '../options.ts';
import { type Flags, printNote, printResult, type Session } from '../session.ts';

export function addEdit(program: Command, session: Session): void {
  const command = program
    .command('edit')
    .description(
      'Change a page or component by an instruction: a few replacements, kept only if it still renders.',
    )
    .argument('<file>', 'page (.html), component (.vue, .tsx) or style sheet (.css); changed in place')
    .argument('<instruction>', 'what to change, in quotes: "make the cards rounded"');
  for (const name of [...modelOptions, 'browser'] as const) command.addOption(settingOption(name));
  command.addOption(jsonOption()).action(async (file: string, instruction: string, flags: Flags) => {
    session.exitCode = await answerCommand(session, flags, {
      title: file,
      usesModel: true,
      run: async ({ engine, maxTokens, settings, context }) =>
        await editFiles(
          file,
          instruction,
          {
            engine: requireEngine(engine, 'Changing a page'),
            ...(maxTokens === undefined ? {} : { maxTokens }),
            ...(settings.browser === undefined ? {} : { browserPath: settings.browser }),
          },
          context,
        ),
      print: ({ changed, applied }) => {
        for (const { file: name, search, replace } of applied)
          printNote(`${name}: ${JSON.stringify(search)} became ${JSON.stringify(replace)}`);
        for (const name of changed) printResult(path.relative('', name));
      },
    });
  });
}
