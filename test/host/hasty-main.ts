/** The scripted host that ends as soon as it is not needed. */
import { hostProcess } from '../../shared/engine/host/host-process.ts';
import { loadScripted } from './scripted-engine.ts';

await hostProcess({ load: () => loadScripted, lingerMs: 50 });
