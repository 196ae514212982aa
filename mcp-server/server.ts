/** The one factory: a server with every tool, for a connection over stdio or a request over HTTP, in both eras. */
import { McpServer, type McpServerFactory, type McpServerOptions } from '@modelcontextprotocol/server';
import { pipelines, version } from '../shared/start.ts';
import { errorAnswer } from './error-answer.ts';
import { instructions } from './instructions.ts';
import type { Services } from './services.ts';
import { engineStatus } from './tools/engine-status.ts';
import { inputSchema, outputSchema, shownSchema } from './tools/json-schema.ts';
import { taskTool } from './tools/task-tool.ts';
import type { Tool } from './tools/tool.ts';

/** Every tool of the product, in the order in which clients list them. */
export const tools: readonly Tool[] = [...pipelines.map(taskTool), engineStatus];

/** The tools never change while we run, so a client may keep the list for an hour. */
const cached = { ttlMs: 3_600_000, cacheScope: 'public' } as const;

/** What tests of the protocol add to the product, through the same factory. */
export interface Additions {
  readonly options?: McpServerOptions;
  readonly addTo: (server: McpServer) => void;
}

export function serverFactory(services: Services, additions?: Additions): McpServerFactory {
  return () => {
    const server = new McpServer(
      { name: 'pixelwright', title: 'Pixelwright', version },
      {
        capabilities: { tools: { listChanged: false } },
        instructions,
        cacheHints: { 'tools/list': cached, 'server/discover': cached },
        ...additions?.options,
      },
    );
    for (const tool of tools) register(server, tool, services);
    additions?.addTo(server);
    return server;
  };
}

function register(server: McpServer, tool: Tool, services: Services): void {
  const { name, description, input, output, annotations, call } = tool;
  server.registerTool(
    name,
    {
      description,
      // The title is in here, where clients of both eras look for it.
      annotations,
      inputSchema: shownSchema(inputSchema(input)),
      outputSchema: shownSchema(outputSchema(output)),
    },
    async (given, context) => {
      try {
        return await call(given, services, context);
      } catch (error) {
        services.log.debug(`${name}: ${String(error)}`);
        return errorAnswer(error);
      }
    },
  );
}
