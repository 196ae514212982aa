/** Huge pages for the memory of a process that is to hold a model. */

/** glibc (2.35 and later): ask the kernel for huge pages for all that is allocated. */
const tunable = 'glibc.malloc.hugetlb=1';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What must stand in a process's environment from its start on. llama.cpp reads every weight for every token; in pages
 * of 4 KB a quarter of that time went into finding the pages (Linux kernels that give huge pages only on request, as
 * Ubuntu's and Fedora's do). Other systems do not know the variable.
 */
export function withHugePages(environment: Environment): Environment {
  if (process.platform !== 'linux') return environment;
  const own = environment['GLIBC_TUNABLES'];
  if (own?.includes('glibc.malloc.hugetlb')) return environment;
  return { ...environment, GLIBC_TUNABLES: own ? `${own}:${tunable}` : tunable };
}
