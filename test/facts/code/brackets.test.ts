/** A closing brace that was read as a 1 is told by the brackets that are open. */
import { expect, it } from 'vitest';
import { closeBraces } from '../../../shared/facts/code/brackets.ts';

it.each([
  [
    ["const client = new Kestrel({ region: 'eu-west-1' 1);", "client.on('end', () => {", '1);'],
    ["const client = new Kestrel({ region: 'eu-west-1' });", "client.on('end', () => {", '});'],
  ],
  [
    ['if (a > 1) {', '  return 1;', 'l'],
    ['if (a > 1) {', '  return 1;', '}'],
  ],
])('%j', (read, told) => {
  expect(closeBraces(read)).toEqual(told);
});

it.each([
  [['const one = {', '  first: 1,', '  second:', '    1', '};']],
  [['total: [', '  1,', '  1', ']']],
  [["print('{ 1')", '1']],
  [['-- 1 row', '1']],
])('a figure stays: %j', (rows) => {
  expect(closeBraces(rows)).toEqual(rows);
});
