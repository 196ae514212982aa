/** What a bundle for Claude Desktop (`.mcpb`) says of itself. */
import { version } from '../shared/start.ts';
import { tools } from './server.ts';

/** Where the package lies in a bundle. */
const entry = 'node_modules/pixelwright/dist/cli.js';

/** What the client fills in. */
const variable = (name: string): string => `\${${name}}`;

/** @param platform the one that the bundle's binaries are for, as Node calls it. */
export function bundleManifest(platform: string): object {
  return {
    manifest_version: '0.3',
    name: 'pixelwright',
    display_name: 'Pixelwright',
    version,
    description:
      'Lets Claude see pictures on this machine: descriptions, page code, text, places, differences.',
    long_description:
      'Runs the vision-language model Qwen3-VL on your own GPU or processor; pictures leave the machine only if you name a server. Run "npx pixelwright models pull" once to install the model (about 1.6 GB). Without it, page code, text, places and comparisons are measured from the pixels.',
    author: { name: 'The Pixelwright authors' },
    license: 'MIT',
    keywords: ['vision', 'screenshot', 'ocr', 'ui', 'html', 'local'],
    server: {
      type: 'node',
      entry_point: entry,
      mcp_config: {
        command: 'node',
        args: [`${variable('__dirname')}/${entry}`, 'mcp', variable('user_config.folders')],
      },
    },
    tools: tools.map(({ name, description }) => ({ name, description })),
    user_config: {
      folders: {
        type: 'directory',
        title: 'Folders',
        description: 'Folders that pictures may be read from and pages written into.',
        multiple: true,
        required: false,
        default: ['Desktop', 'Downloads', 'Pictures'].map((name) => `${variable('HOME')}/${name}`),
      },
    },
    compatibility: { platforms: [platform], runtimes: { node: '>=20.11' } },
  };
}
