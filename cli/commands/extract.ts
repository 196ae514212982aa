/** `pixelwright extract`: data from a picture, in the form of a JSON schema. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { extractData, PixelwrightError, requireEngine } from '../../shared/index.ts';
import { answerCommand } from '../answer.ts';
import { jsonOption, modelOptions, pictureOptions, settingOption } from '../options.ts';
import { type Flags, printResult, type Session } from '../session.ts';

export function addExtract(program: Command, session: Session): void {
  const command = program
    .command('extract')
    .description('Fill a JSON schema from a picture, e.g. of an invoice; prints JSON. Needs a model.')
    .argument('<file>', 'picture: path, http(s) address, data: URI, clipboard:, or screenshot:latest')
    .requiredOption('--schema <FILE>', 'JSON schema of the data: an object or an array.')
    .option('--instructions <TEXT>', 'What to pay attention to.');
  for (const name of [...modelOptions, ...pictureOptions] as const) command.addOption(settingOption(name));
  command.addOption(jsonOption()).action(async (file: string, flags: Flags) => {
    const schema = await schemaText(String(flags['schema']));
    const instructions = typeof flags['instructions'] === 'string' ? flags['instructions'] : undefined;
    session.exitCode = await answerCommand(session, flags, {
      title: file,
      usesModel: true,
      run: async ({ engine: opened, context, ...options }) => {
        const engine = requireEngine(opened, 'Extracting data');
        const source = { kind: 'reference', reference: file } as const;
        return await extractData(source, { ...options, engine, schema, instructions }, context);
      },
      print: ({ data }) => printResult(JSON.stringify(data, null, 2)),
    });
  });
}

async function schemaText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new PixelwrightError(
      'input-not-found',
      `The schema file ${file} cannot be read: ${String(cause)}`,
      {
        next: 'Give the path of a JSON file with --schema.',
        cause,
      },
    );
  }
}
