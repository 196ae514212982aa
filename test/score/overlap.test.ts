/** Faults that are put into a page are found, and those only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from '../../shared/score/browser.ts';
import { findFaults, type PageFaults } from '../../shared/score/overlap.ts';
import { type Folder, html, temporaryFolder, testContext } from './fixtures.ts';
import { launchForTests } from './launch.ts';

let browser: Browser;
let folder: Folder;

beforeAll(async () => {
  [browser, folder] = await Promise.all([launchForTests(), temporaryFolder()]);
});

afterAll(async () => {
  await browser.close();
  await folder.remove();
});

const style = 'body { margin: 0; padding: 20px; font: 16px/1.1 "DejaVu Sans", sans-serif } p { margin: 0 }';

async function faultsOf(body: string, widths: readonly number[] = [400]): Promise<PageFaults[]> {
  return findFaults(browser, await folder.write('page.html', html(body, style)), widths, testContext());
}

describe('findFaults', () => {
  it('finds nothing wrong with ordinary text, however tight its lines', async () => {
    const [faults] = await faultsOf(
      '<h1 style="line-height: 0.9">Two tight lines of a heading that wraps</h1><p>Some <b>bold</b> text</p>' +
        '<details><summary>More</summary><p>closed</p></details><input value="short"><input style="width: 60px" placeholder="a long example"><span hidden></span>',
    );
    expect(faults).toMatchObject({ width: 400, overflow: 0, overlaps: [], cut: [], edge: [], lost: [] });
  });

  it('finds text on text of another element', async () => {
    const [faults] = await faultsOf('<p>First line</p><p style="margin-top: -10px">Second line</p>');
    expect(faults?.overlaps.map((pair) => pair.map(({ text }) => text))).toEqual([
      ['First line', 'Second line'],
    ]);
  });

  it('finds text that is cut off, that leaves its box, and values too long for their field', async () => {
    const [faults] = await faultsOf(
      '<div style="width: 60px; overflow: hidden; white-space: nowrap">hidden at its end</div>' +
        '<button style="display: block; width: 60px; white-space: nowrap; text-align: left; padding: 0">leaves its button</button>' +
        '<input style="width: 60px" value="longer than its field"><div style="width: 80px; overflow: auto"><p style="width: 300px">may be scrolled to</p></div>',
    );
    expect(faults?.cut.map(({ text }) => text).sort()).toEqual([
      'hidden at its end',
      'leaves its button',
      'longer than its field',
    ]);
  });

  it('finds text at the edge, lost text and sideways scrolling at the width where they are', async () => {
    const body =
      '<style>@media (max-width: 500px) { .far { margin-left: -20px } .gone { display: none } .wide { width: 700px } }</style>' +
      '<p class="far">At the edge</p><p class="gone">Gone</p><div class="wide">Wide</div>';
    const [narrow, wide] = await faultsOf(body, [400, 900]);
    expect(narrow?.edge.map(({ text }) => text)).toEqual(['At the edge']);
    expect(narrow?.lost).toEqual(['Gone']);
    expect(narrow?.overflow).toBe(320);
    expect(wide).toMatchObject({ overflow: 0, edge: [], lost: [] });
  });
});
