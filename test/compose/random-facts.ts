/** Random page facts for property tests: anything that the type allows, sane or not. */
import fc from 'fast-check';
import type {
  BorderSide,
  PageBox,
  PageFacts,
  PagePicture,
  Separator,
  TextLine,
} from '../../shared/facts/page-facts.ts';
import type { Rect, Rgb } from '../../shared/geometry.ts';

const channel = fc.integer({ min: 0, max: 255 });
const color: fc.Arbitrary<Rgb> = fc.tuple(channel, channel, channel);

function rect(width: number, height: number): fc.Arbitrary<Rect> {
  return fc.record({
    x: fc.double({ min: -20, max: width, noNaN: true }),
    y: fc.double({ min: -20, max: height, noNaN: true }),
    width: fc.double({ min: 0, max: width, noNaN: true }),
    height: fc.double({ min: 0, max: height / 2, noNaN: true }),
  });
}

const word = fc.oneof(
  fc.constantFrom('Save', 'Total', '$12.00', '<b>', '&amp;', '"quoted"', '新茶', '•', '42', 'a'),
  fc.string({ minLength: 1, maxLength: 9, unit: 'binary' }).filter((text) => text.trim() !== ''),
);

/** Each line ends with a mark of its own, so that it can be found in the output. */
function line(width: number, height: number): fc.Arbitrary<TextLine> {
  return fc
    .record({
      words: fc.array(word, { minLength: 1, maxLength: 6 }),
      box: rect(width, height),
      color,
      background: color,
      size: fc.double({ min: 6, max: 60, noNaN: true }),
      weight: fc.constantFrom(400, 600, 700),
      italic: fc.boolean(),
      underline: fc.boolean(),
      strike: fc.boolean(),
    })
    .map(({ words, box, size, weight, italic, ...rest }) => {
      const inside = {
        ...box,
        x: Math.max(0, Math.min(box.x, width - 12)),
        y: Math.max(0, Math.min(box.y, height - 8)),
        width: box.width + 8,
        height: Math.max(4, size * 0.7),
      };
      return {
        ...rest,
        text: words.join(' '),
        words: words.map((text, index) => ({
          text,
          confidence: 0.9,
          box: {
            ...inside,
            x: inside.x + (inside.width * index) / words.length,
            width: inside.width / words.length,
          },
        })),
        confidence: 0.9,
        box: inside,
        baseline: inside.y + inside.height,
        typography: { kind: 'sans' as const, family: 'DejaVu Sans', size, weight, italic, letterSpacing: 0 },
        onPicture: false,
      };
    });
}

const side: fc.Arbitrary<BorderSide> = fc.record({
  width: fc.double({ min: 0.5, max: 4, noNaN: true }),
  color,
});

function box(width: number, height: number): fc.Arbitrary<PageBox> {
  return fc
    .record({
      box: rect(width, height),
      fill: fc.option(color, { nil: undefined }),
      framed: fc.option(side, { nil: undefined }),
      radius: fc.double({ min: 0, max: 40, noNaN: true }),
    })
    .map(({ fill, framed, ...rest }) => ({
      ...rest,
      ...(fill && { fill }),
      border: framed ? { top: framed, right: framed, bottom: framed, left: framed } : {},
      confidence: 0.8,
    }));
}

/** A page of up to 1280 by 2000 pixels with up to 40 lines. */
export const randomFacts: fc.Arbitrary<PageFacts> = fc
  .record({ width: fc.constantFrom(390, 800, 1280), height: fc.integer({ min: 100, max: 2000 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      pixelRatio: fc.constantFrom(1, 2),
      background: color,
      palette: fc.array(
        fc.record({
          color,
          share: fc.double({ min: 0, max: 1, noNaN: true }),
          role: fc.constantFrom('page' as const, 'surface' as const, 'text' as const, 'accent' as const),
        }),
        { maxLength: 5 },
      ),
      lines: fc.array(line(width, height), { maxLength: 40 }),
      boxes: fc.array(box(width, height), { maxLength: 25 }),
      separators: fc.array(
        fc.record({ box: rect(width, height), color, upright: fc.boolean() }).map(
          ({ box: at, upright, ...rest }): Separator => ({
            ...rest,
            box: upright
              ? { ...at, width: 1, height: at.height + 1 }
              : { ...at, height: 1, width: at.width + 1 },
            orientation: upright ? 'vertical' : 'horizontal',
          }),
        ),
        { maxLength: 12 },
      ),
      pictures: fc.array(
        fc.record({
          box: rect(width, height),
          kind: fc.constantFrom('photo' as const, 'drawing' as const, 'icon' as const),
          radius: fc.double({ min: 0, max: 40, noNaN: true }),
          background: color,
        }) satisfies fc.Arbitrary<PagePicture>,
        { maxLength: 12 },
      ),
      language: fc.constantFrom('en', 'zh-Hans'),
    }),
  );
