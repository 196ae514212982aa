/** Perceiving a page through a real HTTP client: boxes, parts of a long page, limits, faults, cancelling. */
import { describe, expect, it } from 'vitest';
import type { PageFacts } from '../../shared/facts/page-facts.ts';
import type { Raster } from '../../shared/image/picture.ts';
import { perceive, type RegionReport } from '../../shared/run/perceive.ts';
import { failure } from '../engine/helpers.ts';
import { delta, openStream, type RecordedRequest, serveChat } from '../engine/scripted-server.ts';
import { line, page } from '../layout/facts.ts';
import { engineAt, scripted, watched } from '../run/support.ts';

const blank = (width: number, height: number): Raster => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(255),
});

/** A page of rows 40 pixels apart. */
function rows(count: number, parts: Partial<PageFacts> = {}): PageFacts {
  const lines = Array.from({ length: count }, (_, index) => line(`Row ${index}`, 40, 60 + 40 * index));
  return page({ width: 1280, height: 60 + 40 * count, lines, ...parts });
}

const pictured = (facts: PageFacts) => ({
  facts,
  picture: { raster: blank(facts.width * facts.pixelRatio, facts.height * facts.pixelRatio) },
});

function promptOf({ body }: RecordedRequest): string {
  const text = JSON.stringify(body);
  return text.slice(text.lastIndexOf('"text":"'));
}

const partOf = (request: RecordedRequest): number =>
  Number(/part (\d+) of/.exec(promptOf(request))?.[1] ?? 1);

describe('perceive', () => {
  it('maps boxes to CSS pixels of the page, whatever the pixel ratio', async () => {
    for (const pixelRatio of [1, 2]) {
      const { engine } = await scripted('[{"icon":[500,500,750,1000,""]},{"h1":1}]');
      const facts = rows(17, { pixelRatio });
      const { perception } = await perceive(pictured(facts), { engine }, watched());
      const [icon, heading] = perception.nodes;
      // The model's picture ends in padding of less than an image token.
      expect(icon?.box?.x).toBeGreaterThan(635);
      expect(icon?.box?.x).toBeLessThan(660);
      expect(icon?.box?.y).toBeGreaterThan(365);
      expect(icon?.box?.y).toBeLessThan(385);
      expect(heading).toEqual({ kind: 'heading', level: 1, measured: [{ list: 'lines', index: 0 }] });
    }
  });

  it('asks about each part of a long page, and joins what goes on below', async () => {
    const { engine, server } = await scripted((request) => {
      const count = promptOf(request).match(/\d+ \\"Row/g)?.length ?? 0;
      const items = Array.from({ length: count }, (_, index) => index + 1).join(',');
      return `[{"main":[{"list":[${items}]}]}]`;
    });
    const told: RegionReport[] = [];
    const facts = rows(90);
    const { perception, regions, usage } = await perceive(
      pictured(facts),
      { engine, onRegion: (region) => told.push(region) },
      watched(),
    );
    expect(regions.length).toBeGreaterThan(2);
    expect(server.chats()).toHaveLength(regions.length);
    expect(told.map(({ index }) => index).sort()).toEqual(regions.map((_, index) => index));
    expect(usage?.completionTokens).toBe(20 * regions.length);
    const [main, ...others] = perception.nodes;
    expect(others).toEqual([]);
    const lists = main?.children ?? [];
    expect(lists.map(({ kind }) => kind)).toEqual(['list']);
    expect(lists[0]?.children?.flatMap(({ measured }) => measured?.map(({ index }) => index))).toEqual(
      facts.lines.map((_, index) => index),
    );
  });

  it('keeps what is complete of an answer that was cut, and says so', async () => {
    const { engine } = await scripted('[{"list":[{"link":1},{"link":2},{"link', 'length');
    const result = await perceive(pictured(rows(5)), { engine }, watched());
    expect(result.truncated).toBe(true);
    expect(result.warnings.join()).toContain('token limit');
    expect(result.perception.nodes[0]?.children).toHaveLength(2);
  });

  it('stops a model that repeats itself', async () => {
    const { engine } = await scripted(`[{"list":[${'{"item":[1,"a"]},'.repeat(300)}`);
    const result = await perceive(pictured(rows(5)), { engine }, watched());
    expect(result.repetition).toBe(true);
  });

  it('holds the answer to a grammar with the numbers of the part', async () => {
    const { engine, server } = await scripted('[{"text":1}]');
    await perceive(pictured(rows(3)), { engine }, watched());
    expect(server.chats()[0]?.body).toMatchObject({
      grammar: expect.stringContaining('mark ::= "1" | "2" | "3"'),
    });
  });

  it('an answer without anything usable is an error', async () => {
    const { engine } = await scripted('I see a page with rows.');
    const error = await failure(perceive(pictured(rows(5)), { engine }, watched()));
    expect(error).toMatchObject({ code: 'output-invalid', message: expect.stringContaining('I see a page') });
  });

  it('the first fault ends the other parts', async () => {
    const server = await serveChat(async (response, request) => {
      if (partOf(request) === 2) response.writeHead(400).end('{"error":{"message":"no such model"}}');
      else openStream(response);
    });
    const engine = await engineAt(server);
    const error = await failure(perceive(pictured(rows(90)), { engine }, watched()));
    expect(error.code).not.toBe('cancelled');
    for (const request of server.chats().filter((each) => partOf(each) !== 2))
      expect(await request.closed).toBe(false);
  });

  it('cancels all parts', async () => {
    const context = watched();
    let asked = 0;
    const server = await serveChat((response) => {
      openStream(response);
      response.write(delta('[{"text":'));
      asked += 1;
      if (asked === 2) context.cancel();
    });
    const engine = await engineAt(server);
    const error = await failure(perceive(pictured(rows(90)), { engine }, context));
    expect(error.code).toBe('cancelled');
    for (const request of server.chats()) expect(await request.closed).toBe(false);
  });
});
