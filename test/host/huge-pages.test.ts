/** The environment in which a host asks for huge pages. */
import { describe, expect, it } from 'vitest';
import { withHugePages } from '../../shared/engine/host/huge-pages.ts';

describe.runIf(process.platform === 'linux')('huge pages', () => {
  it('are asked for, beside what stands there already', () => {
    expect(withHugePages({ HOME: '/home/a' })).toEqual({
      HOME: '/home/a',
      GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
    });
    expect(withHugePages({ GLIBC_TUNABLES: 'glibc.malloc.check=1' })).toEqual({
      GLIBC_TUNABLES: 'glibc.malloc.check=1:glibc.malloc.hugetlb=1',
    });
  });

  it('are left to the user who has chosen', () => {
    const chosen = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=0' };
    expect(withHugePages(chosen)).toEqual(chosen);
  });
});
