/** A host process like the product's own, but with the scripted engine. */
import { hostProcess } from '../../shared/engine/host/host-process.ts';
import { loadScripted } from './scripted-engine.ts';

await hostProcess({ load: () => loadScripted, lingerMs: 60_000 });
