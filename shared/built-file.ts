/** Where the build puts workers and data, from wherever this code runs. */

/** A bundle lies beside its files; the sources (tests, benches) use those that were built last. */
export function builtFile(name: string): URL {
  const fromSource = import.meta.url.endsWith('.ts');
  return new URL(fromSource ? `../dist/${name}` : `./${name}`, import.meta.url);
}
