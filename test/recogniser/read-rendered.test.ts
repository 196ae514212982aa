/** Lines set by Chromium are read: words, spaces, signs, and how sure the reading is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecogniser, type Recogniser } from '../../shared/facts/recogniser/index.ts';
import { type LineSpec, type RenderOptions, renderLines } from './rendered-lines.ts';

const english: LineSpec[] = [
  { text: 'Save changes', size: 14, weight: 700, color: '#ffffff', background: '#2563eb' },
  { text: 'Everything you need to ship faster', size: 14 },
  { text: 'Total: $4,321.50', size: 20 },
  { text: 'jane.doe@example.com', size: 13 },
  { text: 'https://example.com/docs/start', size: 13, color: '#2563eb' },
  { text: 'Terms & Conditions', size: 12, color: '#6b7280' },
  { text: '2024-03-15', size: 12 },
  { text: 'Order #88213', size: 16 },
  { text: 'per user, billed annually', size: 11 },
  { text: '12:45 PM', size: 15 },
  { text: '+12.4%', size: 28, weight: 700 },
  { text: 'View all', size: 12, family: 'Test Lato' },
  { text: 'Choose plan', size: 12, family: 'Test Lato' },
  { text: 'IN STOCK', size: 12, family: 'Test Lato' },
  { text: 'const total = items.length;', size: 14, family: 'Test Mono' },
  { text: 'www.northwind.dev', size: 14, family: 'Test Mono' },
].map((spec) => ({ family: 'Test Roboto', ...spec }));

let recogniser: Recogniser;
const never = new AbortController().signal;

beforeAll(async () => {
  recogniser = await createRecogniser();
});
afterAll(() => recogniser.close());

async function read(specs: readonly LineSpec[], options?: RenderOptions) {
  const lines = await renderLines(specs, options);
  return recogniser.recognise(
    lines.map(({ image }) => image),
    never,
  );
}

/** Share of the words that were read, right and with the spaces in the right places. */
function recall(specs: readonly LineSpec[], read: readonly { text: string }[]): number {
  const words = specs.flatMap(({ text }, index) => {
    const found = read[index]?.text.split(' ') ?? [];
    return text.split(' ').map((word) => found.includes(word));
  });
  return words.filter(Boolean).length / words.length;
}

describe('English', () => {
  it('reads a clean screenshot', async () => {
    expect((await read(english)).map(({ text }) => text)).toEqual(english.map(({ text }) => text));
  });

  it.each([
    ['JPEG of quality 80', { jpegQuality: 80 }],
    ['80 % of the size', { scale: 0.8 }],
    ['device pixel ratio 2', { pixelRatio: 2 }],
  ])('reads most of it in a %s', async (_name, options) => {
    expect(recall(english, await read(english, options))).toBeGreaterThan(0.85);
  });

  it('gives each word its ink box and a confidence', async () => {
    const [line] = await read([{ text: 'Invite a colleague', size: 16, family: 'Test Roboto' }]);
    expect(line?.words.map(({ text }) => text)).toEqual(['Invite', 'a', 'colleague']);
    let previous = -1;
    for (const { box, confidence } of line?.words ?? []) {
      expect(box.x).toBeGreaterThan(previous);
      previous = box.x + box.width;
      expect(confidence).toBeGreaterThan(0.8);
    }
    const [, article] = line?.words ?? [];
    expect(article?.box.width).toBeGreaterThan(5);
    expect(article?.box.width).toBeLessThan(11);
  });

  it('reads signs that are no letters', async () => {
    const signs = ['Next →', '← Back', 'Jun 12 · 8 min read', '★ 4.8 of 5', '✓ Unlimited projects'];
    const lines = await read(signs.map((text) => ({ text, size: 16, family: 'Test Inter' })));
    expect(lines.map(({ text }) => text)).toEqual(signs);
  });
});

describe('Chinese', () => {
  const chinese = [
    '欢迎使用云服务控制台',
    '共 3 件商品',
    '忘记密码？',
    '最近 30 天的访问量',
    '¥199.00',
    '请输入手机号或邮箱',
  ];

  it('reads Chinese between Latin lines, without spaces between characters', async () => {
    const specs = chinese.map((text) => ({ text, size: 16, family: 'Noto Sans SC' }));
    const lines = await read([...specs, { text: 'Sign in', size: 16, family: 'Test Roboto' }]);
    expect(lines.map(({ text }) => text)).toEqual([...chinese, 'Sign in']);
  });
});
