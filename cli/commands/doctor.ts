/** `pixelwright doctor`: what this machine has, and what to do about each gap. */
import type { Command } from 'commander';
import { diagnose, type Finding, version } from '../../shared/index.ts';
import { exitCodes } from '../exit.ts';
import { jsonOption, modelOptions, settingOption } from '../options.ts';
import { contextOf, type Flags, loadSettings, printJson, printResult, type Session } from '../session.ts';

export function addDoctor(program: Command, session: Session): void {
  const command = program
    .command('doctor')
    .description('Tell what this machine has: Node, browser, GPU, engine, model, server, fonts, clipboard.');
  const ofWork: readonly string[] = ['maxTokens', 'threads', 'contextSize', 'parallel'];
  for (const name of [...modelOptions.filter((option) => !ofWork.includes(option)), 'browser'] as const) {
    command.addOption(settingOption(name));
  }
  command.addOption(jsonOption()).action(async (flags: Flags) => {
    const settings = await loadSettings(session, flags);
    const findings = await diagnose(settings, contextOf(session, settings));
    if (flags['json'] === true) printJson({ version, findings });
    else for (const finding of findings) printResult(lineOf(finding));
    session.exitCode = findings.some(({ status }) => status === 'broken') ? exitCodes.failed : exitCodes.done;
  });
}

const marks = { ok: 'ok    ', absent: 'none  ', broken: 'broken' } as const;

function lineOf({ name, status, found, next }: Finding): string {
  const line = `${marks[status]}  ${name.padEnd(13)}  ${found}`;
  return next === undefined || next === '' ? line : `${line}\n${' '.repeat(23)}→ ${next}`;
}
