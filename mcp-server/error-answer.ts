/** Errors as an agent reads them: what happened, what to do, and our code. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { PixelwrightError } from '../shared/start.ts';

/** Where clients that want data find the error; `structuredContent` must fit the tool's schema even then. */
export const errorKey = 'pixelwright/error';

/** @param error one that is not ours is a fault of this program and says so. */
export function errorAnswer(error: unknown): CallToolResult {
  const { code, message, next, details } = partsOf(error);
  const lines = [`${code}: ${message}`, ...(next === undefined ? [] : [`Next: ${next}`])];
  return {
    isError: true,
    content: [{ type: 'text', text: lines.join('\n') }],
    _meta: {
      [errorKey]: {
        code,
        message,
        ...(next === undefined ? {} : { next }),
        ...(Object.keys(details).length === 0 ? {} : { details }),
      },
    },
  };
}

function partsOf(error: unknown) {
  if (error instanceof PixelwrightError) {
    const { code, message, details } = error;
    return { code, message, next: forAgents(error), details };
  }
  return {
    code: 'internal',
    message: `Unexpected fault: ${error instanceof Error ? error.message : String(error)}`,
    next: 'This is a fault of pixelwright; PIXELWRIGHT_DEBUG=1 makes it tell more on stderr.',
    details: {},
  };
}

/** Where the core's advice is for a command line, what an agent can do instead. */
function forAgents({ code, next, details }: PixelwrightError): string | undefined {
  if (code === 'output-not-writable') return 'Name another folder in "folder", or leave it out.';
  if (code === 'not-allowed' && 'roots' in details) {
    return 'Use a file inside one of these folders, or ask the user to add its folder to the arguments of "pixelwright mcp".';
  }
  return next;
}
