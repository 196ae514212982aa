/** What a tool of this server is, however it is made. */
import type { CallToolResult, ServerContext, ToolAnnotations } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { Services } from '../services.ts';

export interface Tool {
  readonly name: string;
  readonly title: string;
  /** "Use when …. Do not use for …". */
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly annotations: ToolAnnotations;
  /** What it throws is answered as an error of the tool. */
  call(given: unknown, services: Services, context: ServerContext): Promise<CallToolResult>;
}
