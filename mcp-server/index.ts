/** The MCP server's door: what the command line may use of it. */
export { protocolOutput } from './own-stdout.ts';
export { tools } from './server.ts';
export type { ServerOptions } from './services.ts';
export { serveOverStdio } from './stdio.ts';
