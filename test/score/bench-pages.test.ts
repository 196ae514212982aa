/** Which pages the quality bench takes, and in which viewport. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPages, viewportOf } from '../../bench/quality/pages.ts';
import { type Folder, temporaryFolder } from './fixtures.ts';

let folder: Folder;
beforeAll(async () => {
  folder = await temporaryFolder();
  await folder.write('login.html', '<meta name="bench" content="width=390 height=844">');
  await folder.write('mobile-bank.html', '<p>x</p>');
  await folder.write('mobile.css', '');
});
afterAll(() => folder.remove());

describe('viewportOf', () => {
  it('reads either figure and falls back to 1280 × 800', () => {
    expect(viewportOf('<meta name="bench" content="width=390 height=844">')).toEqual({
      width: 390,
      height: 844,
    });
    expect(viewportOf('<head><meta content="height=900" name="bench"></head>')).toEqual({
      width: 1280,
      height: 900,
    });
    expect(viewportOf('<meta name="viewport" content="width=390">')).toEqual({ width: 1280, height: 800 });
  });
});

describe('listPages', () => {
  it('takes all pages, or those that are named', async () => {
    const names = async (...patterns: string[]) =>
      (await listPages(folder.path, patterns)).map((page) => page.name);
    expect(await names()).toEqual(['login', 'mobile-bank']);
    expect(await names('mobile*')).toEqual(['mobile-bank']);
    expect(await listPages(folder.path, ['login'])).toMatchObject([
      { name: 'login', width: 390, height: 844 },
    ]);
  });

  it('does not pass over a name that is none', async () => {
    await expect(listPages(folder.path, ['logout'])).rejects.toThrow(
      'Expected a page like "logout"; there are: login, mobile-bank.',
    );
  });
});
