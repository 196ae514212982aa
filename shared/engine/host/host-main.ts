/** The engine host's entry, bundled to `dist/engine-host.js`. */
import { hostProcess } from './host-process.ts';
import { nativeLoader } from './native-load.ts';

await hostProcess({ load: nativeLoader });
