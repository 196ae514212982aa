/** The page inside an answer, whatever the model wraps around it. */
import { describe, expect, it } from 'vitest';
import { extractPage } from '../../../shared/compose/direct/extract.ts';

const page = '<!DOCTYPE html>\n<html>\n<body>\n<p>Hello</p>\n</body>\n</html>';
const open = '<!DOCTYPE html>\n<html>\n<body>\n<p>Hel';

describe('a whole page', () => {
  it.each([
    ['alone', page],
    ['in a fence', `\`\`\`html\n${page}\n\`\`\``],
    ['in a fence without a language', `\`\`\`\n${page}\n\`\`\``],
    ['in a fence of tildes', `~~~HTML\n${page}\n~~~`],
    ['in a longer fence', `\`\`\`\`html\n${page}\n\`\`\`\``],
    ['with Windows line ends', `\`\`\`html\r\n${page.replaceAll('\n', '\r\n')}\r\n\`\`\`\r\n`],
    [
      'with prose around the fence',
      `Sure! Here it is:\n\n\`\`\`html\n${page}\n\`\`\`\n\nThis <b>page</b> uses flexbox.`,
    ],
    [
      'with prose around, without a fence',
      `Here is the code:\n${page}\nI hope that helps. Use <div> for more.`,
    ],
    ['with a fence behind a sentence', `Here is the code: \`\`\`html\n${page}\n\`\`\``],
    ['with the closing fence behind the last tag', `\`\`\`html\n${page}\`\`\`\nDone.`],
    ['without a closing fence', `\`\`\`html\n${page}\n`],
    ['without an opening fence', `${page}\n\`\`\`\nDone.`],
    [
      'after a thought',
      `<think>\nA page with <html> and\n\`\`\`html\n<p>no</p>\n\`\`\`\n</think>\n\n${page}`,
    ],
    ['after a thought that the template opened', `I see a <div>.\n</think>\n\`\`\`html\n${page}\n\`\`\``],
    [
      'after a first try',
      `\`\`\`html\n${page.replace('Hello', 'First')}\n\`\`\`\nBetter:\n\`\`\`html\n${page}\n\`\`\``,
    ],
    [
      'before a fragment as a hint',
      `\`\`\`html\n${page}\n\`\`\`\nYou may add:\n\`\`\`html\n<p>More</p>\n\`\`\``,
    ],
    ['before a second one that is cut off', `\`\`\`html\n${page}\n\`\`\`\nOr so:\n\`\`\`html\n${open}`],
  ])('%s', (_name, answer) => {
    const found = extractPage(answer, true);
    expect(found?.html.replaceAll('\r', '').trim()).toBe(page);
    expect(found?.closed).toBe(true);
  });
});

it.each([
  ['in a fence', `\`\`\`html\n${open}`],
  ['alone', open],
  ['behind prose', `Here you are:\n\n${open}`],
])('the beginning of a page, %s', (_name, answer) => {
  expect(extractPage(answer, false)).toEqual({ html: open, styles: [], leftOut: [], closed: false });
});

it.each([
  ['', undefined],
  ['I cannot see a picture.', undefined],
  ['<think>\nThe page has <html>', undefined],
  ['```html\n', undefined],
  ['A heading, i.e. a <h1>, and text.', undefined],
])('no page in %j', (answer, expected) => {
  expect(extractPage(answer, true)).toBe(expected);
});

it('a fragment without a fence ends with its last tag', () => {
  const found = extractPage('Here:\n\n<main>\n  <p>Hi</p>\n</main>\n\nThat is all.', true);
  expect(found).toMatchObject({ html: '<main>\n  <p>Hi</p>\n</main>', closed: true });
});

it('a fence inside the page does not end it', () => {
  const withCode = page.replace('<p>Hello</p>', '<pre>Run:\n    ```js\n    x\n    y ``` z</pre>');
  expect(extractPage(`\`\`\`html\n${withCode}\n\`\`\``, true)?.html).toBe(withCode);
});

it('style sheets of their own are kept, other blocks are named', () => {
  const answer = `\`\`\`html\n${page}\n\`\`\`\n\`\`\`css\np { color: red }\n\`\`\`\n\`\`\`javascript\nalert(1)\n\`\`\``;
  expect(extractPage(answer, true)).toMatchObject({ styles: ['p { color: red }'], leftOut: ['javascript'] });
});
