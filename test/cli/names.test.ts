/** Names of output files: safe everywhere, and never the same twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctStems, stemOf } from '../../shared/run/names.ts';

describe('a stem', () => {
  it.each([
    ['login.png', 'login'],
    ['/tmp/shots/My login (1).PNG', 'My-login-1'],
    ['C:\\shots\\home page.jpeg', 'home-page'],
    ['@"./a b.png"', 'a-b'],
    ["'quoted.webp'", 'quoted'],
    ['https://example.com/a/b%20c.png?size=2#x', 'b-c'],
    ['https://example.com/', 'picture'],
    ['https://example.com/%zz.png', 'zz'],
    ['file:///tmp/caf%C3%A9.png', 'café'],
    ['data:image/png;base64,AAAA', 'picture'],
    ['clipboard:', 'clipboard'],
    ['登录页.png', '登录页'],
    ['con.png', 'con-picture'],
    ['..', 'picture'],
    ['.png', 'picture'],
    ['v1.2 of login.png', 'v1.2-of-login'],
  ])('of %s is %s', (reference, stem) => {
    expect(stemOf(reference)).toBe(stem);
  });

  it('never leaves its folder, whatever the reference', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (reference) => {
        const stem = stemOf(reference);
        expect(stem).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u);
        expect(stem.endsWith('.')).toBe(false);
        expect(new TextEncoder().encode(`${stem}-assets`).length).toBeLessThan(256);
      }),
    );
  });
});

describe('several stems', () => {
  it('are told apart by a number, whatever the case', () => {
    expect(distinctStems(['a/login.png', 'b/Login.png', 'c/login.jpg'])).toEqual([
      'login',
      'Login-2',
      'login-3',
    ]);
  });

  it('leave a name to the one that has it already', () => {
    expect(distinctStems(['a.png', 'x/a.png', 'a-2.png'])).toEqual(['a', 'a-3', 'a-2']);
  });

  it('are distinct for any references', () => {
    const names = fc.constantFrom('a.png', 'A.png', 'a-2.png', 'a-2-2.png', 'a-3.png', 'b.png', 'x/a.png');
    fc.assert(
      fc.property(fc.array(names, { maxLength: 12 }), (references) => {
        const stems = distinctStems(references).map((stem) => stem.toLowerCase());
        expect(new Set(stems).size).toBe(references.length);
      }),
    );
  });
});
