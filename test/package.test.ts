/** The manifest and its lock: a clean clone installs on every platform, from any registry. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
const { packages } = lockSchema.parse(JSON.parse(text));

describe('package-lock.json', () => {
  it('holds every platform’s binary package', () => {
    // npm leaves out what its registry lacks at that moment, and "npm ci" then refuses the lock everywhere else.
    const held = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !held.has(name)),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry, so that the one of the machine is used', () => {
    const named = Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
    expect(named).toEqual([]);
  });
});
