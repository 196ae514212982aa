/** A round photo that lies over a cover has a ring where the cover shows, and none of its pieces is an icon. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { composeMeasured } from '../compose/compose-page.ts';
import { at, factsOf } from './support/text-page.ts';

const faceOf = (name: string): string =>
  `data:image/jpeg;base64,${readFileSync(new URL(`../fixtures/pages/img/${name}.jpg`, import.meta.url)).toString('base64')}`;
const faces = ['person-1', 'person-2', 'person-3', 'person-4', 'person-5', 'person-6'];

const cover = 'width:390px;height:130px;background:linear-gradient(135deg,#f97316,#db2777)';

it.each(faces)('of %s is drawn as its border', async (name) => {
  const facts = await factsOf(
    [
      at(0, 0, '', cover),
      at(
        147,
        82,
        `<img src="${faceOf(name)}" style="position:static;display:block;box-sizing:border-box;width:96px;height:96px;border:4px solid #fff;border-radius:50%">`,
      ),
      at(140, 200, 'Lena Wood', "font:700 20px 'DejaVu Sans'"),
    ],
    390,
    400,
  );
  expect(facts.pictures).toHaveLength(1);
  const [picture] = facts.pictures;
  expect(picture?.ring).toEqual({ width: 4, color: [255, 255, 255] });
  for (const [side, value] of [
    picture?.box.x,
    picture?.box.y,
    picture?.box.width,
    picture?.box.height,
  ].entries())
    expect(Math.abs((value ?? 0) - ([147, 82, 96, 96][side] ?? 0))).toBeLessThanOrEqual(1);
  const { css, assets } = await composeMeasured(facts, { name: 'page' });
  expect(css).toMatch(/\.avatar \{[^}]*border: 4px solid/);
  // The crop is what lies inside of the ring.
  expect(Math.abs((assets[0]?.box.width ?? 0) - 88)).toBeLessThanOrEqual(1);
});

it.each(faces)('of %s is not seen on a page of its colour', async (name) => {
  const { pictures } = await factsOf(
    [
      at(
        40,
        40,
        `<img src="${faceOf(name)}" style="position:static;display:block;width:88px;height:88px;border:4px solid #fff;border-radius:50%">`,
      ),
      at(40, 200, 'Lena Wood', "font:700 20px 'DejaVu Sans'"),
    ],
    390,
    300,
  );
  expect(pictures.map(({ ring }) => ring)).toEqual([undefined]);
  expect(pictures.map(({ box, radius }) => [box.x, box.y, box.width, box.height, radius])).toEqual([
    [44, 44, 88, 88, 44],
  ]);
});
