/** A grey square in place of every crop. */
import type { Plugin } from 'esbuild';

/** 1 by 1 pixel. */
export const standIn =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="8" height="8"%3E%3Crect width="8" height="8" fill="%23888"/%3E%3C/svg%3E';

export const standInPictures: Plugin = {
  name: 'stand-in pictures',
  setup(build) {
    build.onResolve({ filter: /-assets\// }, ({ path, kind }) =>
      kind === 'url-token' ? { path: standIn, external: true } : { path, namespace: 'picture' },
    );
    build.onLoad({ filter: /.*/, namespace: 'picture' }, () => ({
      contents: `export default ${JSON.stringify(standIn)};`,
    }));
  },
};
