/** What the native engine's client needs; loaded late, since measuring needs none of it. */
export { createHostEngine } from '../engine/host/host-engine.ts';
export { wantedModel } from '../engine/host/wanted-settings.ts';
export { findModel } from '../engine/models/index.ts';
