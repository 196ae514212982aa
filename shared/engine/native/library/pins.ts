/** The one version of the libraries that the engine was built for, and the hash of each of its files. */
import data from './pins.json' with { type: 'json' };

/** Version of every `@node-llama-cpp/` package. */
export const libraryVersion: string = data.version;

/** What `llama_version()` and `ggml_version()` answer in that version. */
export const llamaVersion = '0.4.0-dev';
export const ggmlVersion = '0.23.0';

const packages: Readonly<Record<string, Readonly<Record<string, string>>>> = data.packages;

/** SHA-256 by path below the folder of the libraries; empty for a package that is not known. */
export function pinsOf(packageName: string): Readonly<Record<string, string>> {
  return packages[packageName] ?? {};
}

/** The files of a package by what they are for; paths as in `pinsOf`. */
export interface Roles {
  readonly ggmlBase: string;
  readonly ggml: string;
  readonly llama: string;
  /** One for each kind of processor; the machine's own is found by asking each. */
  readonly processors: readonly string[];
  /** Computing devices other than the processor's own instructions: GPUs, and Apple's BLAS. */
  readonly accelerators: readonly string[];
}

export function rolesOf(packageName: string): Roles {
  const files = Object.keys(pinsOf(packageName));
  const one = (pattern: RegExp): string => files.find((file) => pattern.test(file)) ?? '';
  const main = /^(?:lib)?(?:llama|ggml)\.|^(?:lib)?ggml-base\./;
  const processor = /^(?:lib)?ggml-cpu[-.]/;
  return {
    ggmlBase: one(/^(?:lib)?ggml-base\./),
    ggml: one(/^(?:lib)?ggml\./),
    llama: one(/^(?:lib)?llama\./),
    processors: files.filter((file) => processor.test(file)),
    accelerators: files.filter((file) => !main.test(file) && !processor.test(file)),
  };
}
