/** `npx tsx test/vscode/harness/install-main.ts`: installs the VS Code of the tests and tells where it lies. */
import { installVsCode } from './install.ts';

console.log(await installVsCode());
