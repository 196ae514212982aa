/** Keeps what llama.cpp says while something is loaded, so that a failure has a reason. */
import koffi from 'koffi';
import type { Library } from '../library/load.ts';

/** `enum ggml_log_level`. */
const warning = 3;
const errorLevel = 4;

export interface CapturedLog {
  /** The errors, else the warnings, in llama.cpp's words. */
  errors(): string;
  /** Ends the capture; the caller sets another log before the next native call. */
  stop(): void;
}

/** Every line stops its thread until the main one has heard it: for loading only, never while computing. */
export function captureLog({ llama }: Library): CapturedLog {
  const lines: { readonly level: number; readonly text: string }[] = [];
  const listen = koffi.register(
    (level: number, text: string) => {
      if (level >= warning && level <= errorLevel) lines.push({ level, text: text.trim() });
    },
    koffi.pointer(koffi.proto(null, 'void', ['int', 'const char *', 'void *'])),
  );
  llama.llama_log_set(listen, null);
  return {
    errors() {
      const errors = lines.filter(({ level }) => level === errorLevel);
      return (errors.length > 0 ? errors : lines).map(({ text }) => text).join('; ');
    },
    stop() {
      llama.llama_log_set(null, null);
      koffi.unregister(listen);
    },
  };
}
