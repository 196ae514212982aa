/** What is made of a model's answer about a region: valid, truncated, in other forms, or garbage. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PerceivedNode, perceptionSchema } from '../../shared/tasks/perceive/perception.ts';
import { readAnswer } from '../../shared/tasks/perceive/read-answer.ts';
import { region } from './marks.ts';

const five = region('Home', 'Shop', 'Wlcome?', 'Sign in', 'Help');
const line = (...indices: number[]) => indices.map((index) => ({ list: 'lines', index }));
const read = (answer: string) => readAnswer(answer, five);

describe('the form of the task', () => {
  it('numbers are what was measured', () => {
    expect(read('[{"nav":[{"link":1},{"link":2}]},{"h1":[3,"Welcome"]},{"button":4}]')).toEqual({
      nodes: [
        {
          kind: 'nav',
          children: [
            { kind: 'link', measured: line(0) },
            { kind: 'link', measured: line(1) },
          ],
        },
        { kind: 'heading', level: 1, measured: line(2), text: 'Welcome' },
        { kind: 'button', measured: line(3) },
      ],
      broken: 0,
    });
  });

  it('boxes are what was not', () => {
    expect(
      read('[{"input":[100,200,300,240,"Email"],"is":"placeholder"},{"icon":[5,5,20,20,""]}]').nodes,
    ).toEqual([
      { kind: 'input', box: { x: 100, y: 200, width: 200, height: 40 }, text: 'Email', state: 'placeholder' },
      { kind: 'icon', box: { x: 5, y: 5, width: 15, height: 15 } },
    ]);
  });

  it('a bare number is an item of a list, a cell of a table, else text', () => {
    expect(read('[{"list":[1,{"link":2}]},{"table":[[3,4],[{"cell":[]},5]],"is":"headed"}]').nodes).toEqual([
      {
        kind: 'list',
        children: [
          { kind: 'item', measured: line(0) },
          { kind: 'item', children: [{ kind: 'link', measured: line(1) }] },
        ],
      },
      {
        kind: 'table',
        state: 'headed',
        children: [
          {
            kind: 'table-row',
            children: [
              { kind: 'cell', measured: line(2) },
              { kind: 'cell', measured: line(3) },
            ],
          },
          { kind: 'table-row', children: [{ kind: 'cell' }, { kind: 'cell', measured: line(4) }] },
        ],
      },
    ]);
  });

  it('lines of one text are one leaf, with a line of words for each', () => {
    expect(read('[{"text":[1,2,[3,"welcome"]]}]').nodes).toEqual([
      { kind: 'text', measured: line(0, 1, 2), text: 'Home\nShop\nwelcome' },
    ]);
    expect(read('[{"card":[1,2]}]').nodes).toEqual([
      {
        kind: 'card',
        children: [
          { kind: 'text', measured: line(0) },
          { kind: 'text', measured: line(1) },
        ],
      },
    ]);
    expect(read('[{"text":[[0,0,100,20,"one"],[0,22,90,40,"two"]]}]').nodes).toEqual([
      { kind: 'text', box: { x: 0, y: 0, width: 100, height: 40 }, text: 'one\ntwo' },
    ]);
  });

  it('a link in a text is a piece of it', () => {
    expect(read('[{"text":[1,{"link":2}]}]').nodes[0]?.children?.map(({ kind }) => kind)).toEqual([
      'text',
      'link',
    ]);
  });

  it('words that were read already are not told again', () => {
    expect(read('[{"link":[1,"Home"]},{"link":[2,"Store"]}]').nodes).toEqual([
      { kind: 'link', measured: line(0) },
      { kind: 'link', measured: line(1), text: 'Store' },
    ]);
  });

  it('the first use of a number counts; others, and numbers of nothing, are broken', () => {
    expect(read('[{"link":1},{"button":1},{"text":9},{"text":0}]')).toEqual({
      nodes: [{ kind: 'link', measured: line(0) }],
      broken: expect.toSatisfy((count: number) => count >= 3),
    });
  });
});

describe('other forms', () => {
  it.each([
    ['fences and sentences', 'Sure [here]:\n```json\n[{"link": 1}, {"link": 2}]\n```\nDone.'],
    ['names of tags', '[{"a":1},{"a":2}]'],
    ['tuples', '[["link",1],["link",2]]'],
    ['lines of objects', '{"link":1}\n{"link":2}'],
    ['fields', '[{"type":"link","id":1,"text":"Home"},{"kind":"link","mark":2}]'],
    ['one object', '{"link":1,"a":2}'],
    ['bare words', "[{link:1},{'link':2,link:2}]"],
  ])('%s', (_, answer) => {
    expect(read(answer).nodes).toEqual([
      { kind: 'link', measured: line(0) },
      { kind: 'link', measured: line(1) },
    ]);
  });

  it('nested fields with boxes', () => {
    const answer = '{"type":"nav","children":[{"type":"link","text":"More","bbox_2d":[1,2,30,40]}]}';
    expect(read(answer).nodes).toEqual([
      {
        kind: 'nav',
        children: [{ kind: 'link', box: { x: 1, y: 2, width: 29, height: 38 }, text: 'More' }],
      },
    ]);
  });
});

const whole =
  '[{"header":[{"h1":1},{"nav":[{"link":2},{"link":[3,"Wel\\"come"]}]}]},{"main":[{"text":[120,330,500,360,"Read \\u00e9 me"]},{"table":[[4,5]]}]}]';

function* leaves(nodes: readonly PerceivedNode[]): Generator<PerceivedNode> {
  for (const node of nodes) {
    if (node.children === undefined) yield node;
    else yield* leaves(node.children);
  }
}

describe('whatever comes', () => {
  it('every start of an answer gives a valid part of it', () => {
    const full = [...leaves(read(whole).nodes)].map((leaf) => JSON.stringify(leaf));
    let before = 0;
    for (let length = 0; length <= whole.length; length += 1) {
      const { nodes } = read(whole.slice(0, length));
      perceptionSchema.parse({ nodes });
      const found = [...leaves(nodes)].map((leaf) => JSON.stringify(leaf));
      expect(
        found.filter((leaf) => !full.includes(leaf)),
        whole.slice(0, length),
      ).toEqual([]);
      // What has been complete once stays.
      expect(found.length).toBeGreaterThanOrEqual(before - 1);
      before = found.length;
    }
    expect(before).toBe(full.length);
  });

  it('any string is read without an error', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          '[',
          ']',
          '{',
          '}',
          '"',
          ',',
          ':',
          '\\',
          '```',
          '"link":',
          '"is":"checked"',
          '{"nav":[',
        ),
        fc.constantFrom('1', '2', '[3,"a"]', '[1,2,3,4,""]', 'null', '-5', '1e9', '"', 'text'),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map((all) => all.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (answer) => {
          const { nodes, broken } = read(answer);
          perceptionSchema.parse({ nodes });
          expect(broken).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('endless brackets end', () => {
    expect(read('['.repeat(100_000)).nodes).toEqual([]);
    expect(read('{"nav":['.repeat(20_000)).nodes).toEqual([]);
  });
});
