/** What a description says about the words of the thing that is wanted. */
import { expect, it } from 'vitest';
import { wantedWords } from '../../shared/tasks/locate/wanted-words.ts';

it.each([
  ['the Save button', ['save'], true],
  ['"Sign in" link in the header', ['sign', 'in'], true],
  ['the button labelled “Zurück”', ['zurück'], true],
  ["the 'OK' button", ['ok'], true],
  ["the user's name", ["user's", 'name'], false],
  ['Coast path, four days', ['coast', 'path', 'four', 'days'], false],
  ['登录按钮', ['登', '录', '按', '钮'], false],
  ['ＦＵＬＬ width', ['full', 'width'], false],
  ['the input field', [], true],
])('%s', (target, words, control) => {
  expect(wantedWords(target)).toEqual({ words, control });
});
