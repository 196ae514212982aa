/**
 * Keeps stdout for the protocol: whatever else prints there, native libraries included, is sent to stderr.
 * Must be the first import of the process, so that nothing prints before.
 */
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import type koffi from 'koffi';

/** `pixelwright mcp` speaks the protocol on stdout unless it was asked for something to read or for HTTP. */
function speaksOnStdout([, , command, ...rest]: readonly string[]): boolean {
  const prints = /^(?:-h|--help|--http|--print-config(?:=.*)?)$/;
  return command === 'mcp' && !rest.some((argument) => prints.test(argument));
}

/** F_SETFD and FD_CLOEXEC, the same on Linux and macOS. */
const setDescriptorFlags = 2;
const closeOnExec = 1;

/** Moves the process's stdout aside and puts stderr in its place; undefined where the system is not POSIX. */
function movedDescriptor(): number | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    // require, because an import would be awaited, and others could print meanwhile.
    const require = createRequire(import.meta.url);
    const { load }: typeof koffi = require('koffi');
    const system = load(null);
    const saved: unknown = system.func('int dup(int)')(1);
    if (typeof saved !== 'number' || saved < 0) return undefined;
    // Otherwise the engine host, which outlives us, would hold the client's pipe open.
    system.func('int fcntl(int, int, ...)')(saved, setDescriptorFlags, 'int', closeOnExec);
    const moved: unknown = system.func('int dup2(int, int)')(2, 1);
    return moved === 1 ? saved : undefined;
  } catch {
    // No FFI for this machine: what is written in JavaScript is caught all the same, see below.
    return undefined;
  }
}

function streamOf(descriptor: number): Writable {
  try {
    return new Socket({ fd: descriptor, readable: false, writable: true });
  } catch {
    // A file or a terminal, which is no socket.
    return createWriteStream('', { fd: descriptor });
  }
}

/** Without a second descriptor: what JavaScript prints goes to stderr, and the protocol uses the old way out. */
function divertedWrite(): Writable {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  return new Writable({
    write: (chunk: Uint8Array, _encoding, done) => void write(chunk, (error) => done(error)),
  });
}

function takeStdout(): Writable {
  const descriptor = movedDescriptor();
  return descriptor === undefined ? divertedWrite() : streamOf(descriptor);
}

/** Where the protocol is written; undefined for every other command, which prints on stdout as usual. */
export const protocolOutput: Writable | undefined = speaksOnStdout(process.argv) ? takeStdout() : undefined;
