/** `pixelwright ask`: a question about one or more pictures, answered by a model. */
import type { Command } from 'commander';
import { askImage, requireEngine } from '../../shared/index.ts';
import { answerCommand } from '../answer.ts';
import { jsonOption, modelOptions, pictureOptions, settingOption } from '../options.ts';
import { type Flags, printResult, type Session } from '../session.ts';

export function addAsk(program: Command, session: Session): void {
  const command = program
    .command('ask')
    .description('Ask a question about a picture, or several. Needs a model.')
    .argument('<file>', 'picture: path, http(s) address, data: URI, clipboard:, or screenshot:latest')
    .argument('<question>', 'the question, in quotes')
    .option('--with <FILE...>', 'More pictures that the question is about.');
  for (const name of [...modelOptions, ...pictureOptions] as const) command.addOption(settingOption(name));
  command.addOption(jsonOption()).action(async (file: string, question: string, flags: Flags) => {
    session.exitCode = await answerCommand(session, flags, {
      title: file,
      usesModel: true,
      live: true,
      run: async ({ engine: opened, context, ...options }) => {
        const engine = requireEngine(opened, 'Answering a question about a picture');
        const moreImages = filesOf(flags['with']).map(reference);
        return await askImage(reference(file), { ...options, engine, question, moreImages }, context);
      },
      print: ({ answer }, live) => printResult(live ? '' : answer),
    });
  });
}

const reference = (text: string) => ({ kind: 'reference', reference: text }) as const;

const filesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((file) => typeof file === 'string') : [];
