/** A grey square in place of every crop. */
import type { Plugin } from 'esbuild';

/** 8 by 8 pixels; without quotes, for it stands in attributes. */
export const standIn =
  'data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20width=%228%22%20height=%228%22%3E%3Crect%20width=%228%22%20height=%228%22%20fill=%22%23888%22/%3E%3C/svg%3E';

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
