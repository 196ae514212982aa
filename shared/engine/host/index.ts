/** The engine host: what programs use to share one model, and to look after its process. */
export { isLoopback } from './host-address.ts';
export { type HostReport, hostReport, stopHost } from './host-control.ts';
export { createHostEngine, type HostEngineOptions } from './host-engine.ts';
export type { Mount } from './host-server.ts';
export type { HostStatus } from './protocol.ts';
export type { RunningHost } from './run-host.ts';
export { type ServeOptions, serveHost } from './serve-host.ts';
export type { WantedModel } from './wanted-model.ts';
export { wantedModel } from './wanted-settings.ts';
