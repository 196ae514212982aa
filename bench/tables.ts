/** Writes the README's tables and the editor's settings from the code; `--check` fails if they are stale. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { createProgram } from '../cli/program.ts';
import { tools } from '../mcp-server/index.ts';
import { defaultSettings, environmentName, flagName, settingNames, settingsSchema } from '../shared/index.ts';
import { editorFiles, writeEditorTexts } from './editor-texts.ts';
import { markdownTable, replaceBetween } from './readme.ts';

const readme = new URL('../README.md', import.meta.url);

function settingsTable(): string {
  const rows = settingNames.map((name) => {
    const fallback = defaultSettings[name];
    const shown = fallback === undefined || String(fallback) === '' ? '' : `\`${fallback}\``;
    const description = settingsSchema.shape[name].description ?? '';
    return [`\`${name}\``, `\`${flagName(name)}\``, `\`${environmentName(name)}\``, shown, description];
  });
  return markdownTable(['setting', 'flag', 'environment', 'default', 'meaning'], rows);
}

/** `models pull` as its words; the program's own name is left out. */
const path = (command: Command): string[] =>
  command.parent === null ? [] : [...path(command.parent), command.name()];

/** Options that are settings stand in the other table. */
function commandsTable(): string {
  const settings = new Set<string>(settingNames.map(flagName));
  const program = createProgram({ signal: AbortSignal.abort(), environment: {}, exitCode: 0 });
  const own = program.commands.flatMap((command) =>
    command.commands.length === 0 ? [command] : command.commands,
  );
  const rows = own.map((command) => {
    const names = command.registeredArguments.map((argument) => {
      const text = `${argument.name().toUpperCase()}${argument.variadic ? '…' : ''}`;
      return argument.required ? text : `[${text}]`;
    });
    const plain = command.options
      .filter(({ long }) => long && !settings.has(long))
      .map(({ flags }) => `\`${flags}\``);
    const shared = command.options
      .filter(({ long }) => long && settings.has(long))
      .map(({ long }) => `\`${long}\``);
    return [
      `\`${[...path(command), ...names].join(' ')}\``,
      command.description(),
      [...plain, ...shared].join(' '),
    ];
  });
  return markdownTable(['command', 'what it does', 'options'], rows);
}

/** What agents are told of each tool, and its arguments; those that may be left out are marked. */
function toolsTable(): string {
  const rows = tools.map(({ name, description, input }) => {
    const fields = Object.entries(input.shape).map(([field, schema]) =>
      schema.safeParse(undefined).success ? `\`${field}\`` : `**\`${field}\`**`,
    );
    return [`\`${name}\``, description, fields.join(' ')];
  });
  return markdownTable(['tool', 'what agents are told', 'arguments (**needed**)'], rows);
}

const check = process.argv.includes('--check');

/** @param stale whether it was not as it should be. */
function tell(file: string, stale: boolean): void {
  if (!stale) process.stdout.write(`${file}: up to date\n`);
  else if (!check) process.stdout.write(`${file}: written\n`);
  else {
    process.stderr.write(`${file} is stale. Run "npm run tables" and commit the result.\n`);
    process.exitCode = 1;
  }
}

const tables = { commands: commandsTable(), settings: settingsTable(), tools: toolsTable() };
const current = await readFile(readme, 'utf8');
const fresh = Object.entries(tables).reduce(
  (text, [name, table]) => replaceBetween(text, name, table),
  current,
);
if (fresh !== current && !check) await writeFile(readme, fresh);
tell('README.md', fresh !== current);
const staleTexts = await writeEditorTexts(check);
for (const name of editorFiles) tell(name, staleTexts.includes(name));
