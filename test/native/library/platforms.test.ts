/** Which package serves which machine and device, and what a machine without libraries is told. */
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { libraryVersion, pinsOf, rolesOf } from '../../../shared/engine/native/library/pins.ts';
import { choosePackage, type Machine, packagesOf } from '../../../shared/engine/native/library/platforms.ts';

const machine = (platform: NodeJS.Platform, arch: string, libc: string | null = null): Machine => ({
  platform,
  arch,
  libc,
});
const linux = machine('linux', 'x64', 'glibc');

const machines = [
  linux,
  machine('linux', 'arm64', 'glibc'),
  machine('win32', 'x64'),
  machine('win32', 'arm64'),
  machine('darwin', 'arm64'),
  machine('darwin', 'x64'),
];

describe('the package', () => {
  it.each([
    [linux, 'auto', false, 'linux-x64-vulkan', 'vulkan'],
    [linux, 'auto', true, 'linux-x64-cuda', 'cuda'],
    [linux, 'cpu', true, 'linux-x64-vulkan', 'cpu'],
    [linux, 'vulkan', true, 'linux-x64-vulkan', 'vulkan'],
    [machine('win32', 'x64'), 'cuda', true, 'win-x64-cuda', 'cuda'],
    [machine('darwin', 'arm64'), 'auto', false, 'mac-arm64-metal', 'metal'],
    [machine('darwin', 'arm64'), 'cpu', false, 'mac-arm64-metal', 'cpu'],
    [machine('darwin', 'x64'), 'auto', false, 'mac-x64', 'cpu'],
    [machine('win32', 'arm64'), 'auto', false, 'win-arm64', 'cpu'],
    [machine('linux', 'arm64', 'glibc'), 'auto', false, 'linux-arm64', 'cpu'],
  ] as const)('%o, %s, CUDA %s: %s', (where, device, cuda, name, chosen) => {
    expect(choosePackage(where, device, cuda)).toMatchObject({ package: name, device: chosen });
  });

  it('is a dependency wherever it is not added by the user, in the pinned version', () => {
    const dependencies: Readonly<Record<string, string>> = manifest.optionalDependencies;
    for (const { platform, arch, libc } of machines) {
      const { base, baseIsAddOn } = packagesOf({ platform, arch, libc });
      const expected = baseIsAddOn === true ? undefined : libraryVersion;
      expect(dependencies[`@node-llama-cpp/${base}`], base).toBe(expected);
    }
  });
});

describe('a machine or device without libraries', () => {
  it.each([
    ['musl', machine('linux', 'x64', 'musl'), 'this machine is linux-x64 with musl'],
    ['32-bit ARM', machine('linux', 'arm', 'glibc'), 'this machine is linux-arm.'],
    ['BSD', machine('freebsd', 'x64'), 'this machine is freebsd-x64.'],
  ])('%s is told to use a server', (_, where, text) => {
    expect(() => choosePackage(where, 'auto', false)).toThrow(
      expect.objectContaining({
        code: 'engine-unavailable',
        message: expect.stringContaining(text),
        next: expect.stringContaining('--base-url'),
      }),
    );
  });

  it.each([
    ['metal', linux, 'There are no metal libraries for linux-x64; it can use cpu, vulkan, cuda.'],
    ['vulkan', machine('darwin', 'x64'), 'There are no vulkan libraries for darwin-x64; it can use cpu.'],
    [
      'cuda',
      machine('darwin', 'arm64'),
      'There are no cuda libraries for darwin-arm64; it can use cpu, metal.',
    ],
  ] as const)('%s is told what there is', (device, where, text) => {
    expect(() => choosePackage(where, device, false)).toThrow(text);
  });
});

describe('the pinned files', () => {
  const names = machines.flatMap((where) => {
    const { base, cuda } = packagesOf(where);
    return cuda === undefined ? [base] : [base, cuda.main];
  });

  it.each(names)('of %s have every role', (name) => {
    const { ggmlBase, ggml, llama, processors, accelerators } = rolesOf(name);
    expect([ggmlBase, ggml, llama].every((file) => file !== '')).toBe(true);
    expect(processors.length).toBeGreaterThan(0);
    const gpu = /vulkan|cuda|metal/.exec(name)?.[0];
    expect(accelerators.some((file) => file.includes(`ggml-${gpu}`))).toBe(gpu !== undefined);
    const placed = new Set([ggmlBase, ggml, llama, ...processors, ...accelerators]);
    expect([...placed].toSorted()).toEqual(Object.keys(pinsOf(name)).toSorted());
  });
});
