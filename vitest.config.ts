import { configDefaults, defineConfig } from 'vitest/config';

/** Whole pictures, whole pages and the built command: left out of the inner loop, `npm run check`. */
const slow = [
  'test/cli/{answers,bad-input,convert,diagram,describe,doctor,facts,gpu,interrupt,models,score,usage}.test.ts',
  'test/compose/{accessible,framework-pages,framework-types,rendered,responsive}.test.ts',
  'test/compose/fragment/looks-the-same.test.ts',
  'test/diagram/{drawio,mermaid,tiny-model}.test.ts',
  'test/extension/answer.test.ts',
  'test/facts/{measure-picture,pages,pixel-ratio}.test.ts',
  'test/host/{commands,crash,lifetime,real-engine,start}.test.ts',
  'test/image/photo.test.ts',
  'test/mcp/*.test.ts',
  'test/panel/{accessible,control,conversation}.test.ts',
  'test/recogniser/read-rendered.test.ts',
  'test/run/{compare-images,convert-diagram,extract-text,given-pixels,locate}.test.ts',
  'test/score/score.test.ts',
  'test/vscode/*.test.ts',
];

export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: mode === 'quick' ? [...configDefaults.exclude, ...slow] : configDefaults.exclude,
    globalSetup: ['test/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores are the size of the smallest machine that the tests are held to.
    maxWorkers: 2,
  },
}));
