/** The commands of `pixelwright`, as commander knows them. */
import type { Command } from 'commander';
import { addAsk } from './commands/ask.ts';
import { addCompare } from './commands/compare.ts';
import { addConvert } from './commands/convert.ts';
import { addDescribe } from './commands/describe.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEdit } from './commands/edit.ts';
import { addExtract } from './commands/extract.ts';
import { addFacts } from './commands/facts.ts';
import { addGpu } from './commands/gpu.ts';
import { addLocate } from './commands/locate.ts';
import { addMcp } from './commands/mcp.ts';
import { addModels } from './commands/models.ts';
import { addScore } from './commands/score.ts';
import { addServe } from './commands/serve.ts';
import { addStatus } from './commands/status.ts';
import { addStop } from './commands/stop.ts';
import { addText } from './commands/text.ts';
import { emptyProgram } from './empty-program.ts';
import type { Session } from './session.ts';

/** Throws CommanderError instead of ending the process; `outputError` may be set by the caller. */
export function createProgram(session: Session): Command {
  const program = emptyProgram();
  addConvert(program, session);
  addEdit(program, session);
  addDescribe(program, session);
  addAsk(program, session);
  addText(program, session);
  addExtract(program, session);
  addLocate(program, session);
  addCompare(program, session);
  addScore(program, session);
  addFacts(program, session);
  addModels(program, session);
  addGpu(program, session);
  addMcp(program, session);
  addServe(program, session);
  addStatus(program, session);
  addStop(program, session);
  addDoctor(program, session);
  return program;
}
