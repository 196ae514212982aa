/** The MCP server's door: what the command line and the README's tables may use of it. */
export { bundleManifest } from './bundle-manifest.ts';
export { type ClientConfig, type ClientName, clientConfig, clientNames } from './client-config.ts';
export { type HttpOptions, type HttpServer, serveOverHttp } from './http.ts';
export { nearest } from './nearest.ts';
export { protocolOutput } from './own-stdout.ts';
export { type Additions, tools } from './server.ts';
export type { ServerOptions } from './services.ts';
export { type StdioOptions, serveOverStdio } from './stdio.ts';
