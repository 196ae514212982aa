/** Fitting in a real browser: what was moved away comes back, nothing gets worse, and a cancel ends it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planMeasured } from '../../../shared/compose/measured/index.ts';
import { createContext } from '../../../shared/context.ts';
import { renderDraft } from '../../../shared/score/fit/draft.ts';
import { fitByRendering } from '../../../shared/score/fit/fit.ts';
import { structuralSimilarity } from '../../../shared/score/pixel-score.ts';
import { referenceFromPage, type ScoreReference } from '../../../shared/score/reference.ts';
import { type UiNode, type UiTree, walk } from '../../../shared/ui-tree.ts';
import { createOracle, launchBrowser, type Oracle } from '../../oracle/oracle-facts.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const context = createContext(new AbortController().signal);
let oracle: Oracle;
let browser: Awaited<ReturnType<typeof launchBrowser>>;

beforeAll(async () => {
  oracle = await createOracle();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await oracle.close();
});

async function pageOf(name: string): Promise<{ tree: UiTree; reference: ScoreReference }> {
  const file = path.join(fixtures, 'pages', `${name}.html`);
  const facts = await oracle.facts(file, { width: 1280, height: 800 });
  const size = { width: 1280, height: 800, root: fixtures };
  return { tree: planMeasured(facts).tree, reference: await referenceFromPage(browser, file, size, context) };
}

async function similarity(tree: UiTree, { raster, width, height }: ScoreReference): Promise<number> {
  const page = await browser.newPage({ viewport: { width, height } });
  try {
    const draft = await renderDraft(page, tree, raster, 1, { width, height }, new Map());
    return structuralSimilarity(raster, draft.raster);
  } finally {
    await page.close();
  }
}

/** Paragraphs at uneven distances. @param low by how many pixels the second stands too low. */
function plainPage(low: number): UiTree {
  const font = {
    kind: 'sans',
    family: 'DejaVu Sans',
    size: 16,
    weight: 400,
    italic: false,
    letterSpacing: 0,
    lineHeight: 24,
  } as const;
  const children = ['Overview of the week', 'Orders and returns', 'Open questions', 'Next steps'].map(
    (text, index): UiNode => ({
      kind: 'text',
      text,
      box: { x: 40, y: 20 + 31 * index + 9 * index ** 2 + (index === 1 ? low : 0), width: 180, height: 24 },
      style: { font, color: [20, 20, 20] },
    }),
  );
  const [width, height] = [600, 300];
  const root: UiNode = { kind: 'page', box: { x: 0, y: 0, width, height }, flow: 'column', children };
  return { width, height, language: 'en', background: [255, 255, 255], root };
}

describe('fitByRendering', () => {
  it('brings back a text that stands three pixels too low', async () => {
    const size = { width: 600, height: 300 };
    const page = await browser.newPage({ viewport: size });
    const nothing = { ...size, data: new Uint8Array(3 * size.width * size.height) };
    const { raster } = await renderDraft(page, plainPage(0), nothing, 1, size, new Map());
    await page.close();
    const astray = plainPage(3);
    const fitted = await fitByRendering(astray, browser, { ...size, raster, pixelRatio: 1 }, context);
    expect(fitted).toEqual(plainPage(0));
    const again = await fitByRendering(fitted, browser, { ...size, raster, pixelRatio: 1 }, context);
    expect(again).toBe(fitted);
  });

  it('brings back a text whose words have several looks', async () => {
    const size = { width: 600, height: 300 };
    const several = (low: number): UiTree => {
      const page = plainPage(low);
      page.root.children = page.root.children?.map((node, index) =>
        index !== 1
          ? node
          : {
              ...node,
              runs: [
                { text: 'Orders ', line: 0, kind: 'plain' },
                { text: 'and', line: 0, kind: 'span', style: { color: [200, 20, 20] } },
                { text: ' returns', line: 0, kind: 'plain' },
              ],
            },
      );
      return page;
    };
    const page = await browser.newPage({ viewport: size });
    const nothing = { ...size, data: new Uint8Array(3 * size.width * size.height) };
    const { raster } = await renderDraft(page, several(0), nothing, 1, size, new Map());
    await page.close();
    const fitted = await fitByRendering(several(3), browser, { ...size, raster, pixelRatio: 1 }, context);
    expect(fitted).toEqual(several(0));
  });

  it.each(['login', 'table', 'profile'])('never makes %s worse', async (name) => {
    const { tree, reference } = await pageOf(name);
    const fitted = await fitByRendering(tree, browser, reference, context);
    expect(await similarity(fitted, reference)).toBeGreaterThanOrEqual(await similarity(tree, reference));
    // The same nodes with the same words, only elsewhere.
    const told = (one: UiTree) => [...walk(one.root)].map(({ kind, text }) => [kind, text]);
    expect(told(fitted)).toEqual(told(tree));
  });

  it.each([
    ['letters that are too large', { size: 16.4 }, 'size'],
    ['letters that stand too close', { letterSpacing: -0.8 }, 'letterSpacing'],
  ] as const)('mends the width of texts: %s', async (_, wrong, found) => {
    const size = { width: 600, height: 300 };
    const page = await browser.newPage({ viewport: size });
    const nothing = { ...size, data: new Uint8Array(3 * size.width * size.height) };
    const { raster, texts } = await renderDraft(page, plainPage(0), nothing, 1, size, new Map());
    await page.close();
    const widths = new Map(texts.map(({ text, lines }) => [text, lines[0]?.box.width ?? 0]));
    const [tree, off] = [plainPage(0), plainPage(0)];
    off.root.children = tree.root.children?.map((node) => {
      const font = node.style?.font;
      const box = { ...node.box, width: widths.get(node.text ?? '') ?? 0 };
      return font === undefined
        ? node
        : { ...node, box, style: { ...node.style, font: { ...font, ...wrong } } };
    });
    const fitted = await fitByRendering(off, browser, { ...size, raster, pixelRatio: 1 }, context);
    const fonts = [...walk(fitted.root)].flatMap((node) => node.style?.font ?? []);
    expect(fonts).toHaveLength(4);
    for (const font of fonts) expect(Math.abs(font[found] - (found === 'size' ? 16 : 0))).toBeLessThan(0.15);
  });

  it('ends on a cancel', async () => {
    const { tree, reference } = await pageOf('login');
    const abort = new AbortController();
    const running = fitByRendering(tree, browser, reference, createContext(abort.signal));
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(browser.contexts()).toEqual([]);
  });
});
