/** C types as the foreign functions name them, and the JavaScript values that stand for them. */
import koffi, { type KoffiFunc, type LibraryHandle, type TypeObject } from 'koffi';

/** An address in this process; `null` is C's NULL. Sizes and addresses that fit come back as numbers too. */
export type Pointer = bigint;

/** What may stand for a pointer argument: an address, NULL, or memory that we own. */
export type PointerArgument = Pointer | null | ArrayBufferView;

interface CValues {
  void: undefined;
  bool: boolean;
  i8: number;
  i32: number;
  u32: number;
  i64: number;
  /** Every size here stays far below 2^53. */
  u64: number;
  f32: number;
  f64: number;
  /** UTF-8, ended by a zero byte. */
  text: string;
  pointer: Pointer;
}

interface CArguments extends Omit<CValues, 'pointer' | 'text' | 'i64' | 'u64'> {
  pointer: PointerArgument;
  text: string | null;
  i64: number | bigint;
  u64: number | bigint;
}

type CName = keyof CValues;

type AnyFunction = KoffiFunc<(...args: unknown[]) => unknown>;

const koffiNames: Readonly<Record<CName, string>> = {
  void: 'void',
  bool: 'bool',
  i8: 'int8_t',
  i32: 'int32_t',
  u32: 'uint32_t',
  i64: 'int64_t',
  u64: 'size_t',
  f32: 'float',
  f64: 'double',
  text: 'const char *',
  pointer: 'void *',
};

/** A struct passed by value; `Value` is the object that stands for it. */
export interface CStruct<Value> {
  readonly type: TypeObject;
  /** Never there: it carries the type of the value. */
  readonly value?: Value;
}

type CType = CName | CStruct<unknown>;

type ResultOf<T extends CType> = T extends 'pointer'
  ? Pointer | null
  : T extends 'text'
    ? string | null
    : T extends CName
      ? CValues[T]
      : T extends CStruct<infer Value>
        ? Value
        : never;

type ArgumentOf<T extends CType> = T extends keyof CArguments
  ? CArguments[T]
  : T extends CStruct<infer Value>
    ? Value
    : never;

type ArgumentsOf<T extends readonly CType[]> = { -readonly [Index in keyof T]: ArgumentOf<T[Index]> };

/** A C function: called at once, or on one of libuv's worker threads by `later`. */
export interface NativeFunction<Arguments extends readonly unknown[], Result> {
  (...args: Arguments): Result;
  /** The caller keeps every buffer in `args` alive and untouched until the promise settles. */
  later(...args: Arguments): Promise<Result>;
}

type Signature = readonly [result: CType, ...args: CType[]];
type Signatures = Readonly<Record<string, Signature>>;

export type Functions<T extends Signatures> = {
  readonly [Name in keyof T]: T[Name] extends readonly [
    infer Result extends CType,
    ...infer Args extends CType[],
  ]
    ? NativeFunction<ArgumentsOf<Args>, ResultOf<Result>>
    : never;
};

/** @param members in order, as in the C header. */
export function cStruct<Value extends object>(members: Readonly<Record<keyof Value, CName>>): CStruct<Value> {
  const types: Record<string, string> = {};
  for (const [name, type] of Object.entries<CName>(members)) types[name] = koffiNames[type];
  return { type: koffi.struct(types) };
}

const koffiType = (type: CType): string | TypeObject =>
  typeof type === 'string' ? koffiNames[type] : type.type;

/** Finds all of `signatures` in a library. @throws Error of the loader, naming the function that is absent. */
export function bind<const T extends Signatures>(library: LibraryHandle, signatures: T): Functions<T> {
  const bound: Record<string, unknown> = {};
  for (const [name, [result, ...args]] of Object.entries(signatures)) {
    bound[name] = promised(library.func(name, koffiType(result), args.map(koffiType)));
  }
  // The loop makes exactly the functions that the signatures name.
  return bound as Functions<T>;
}

/** A function whose address a backend gives out, since backends export nothing that can be linked. */
export function bindAddress<const T extends Signature>(
  address: Pointer,
  [result, ...args]: T,
): Functions<{ f: T }>['f'] {
  const prototype = koffi.proto(null, koffiType(result), args.map(koffiType));
  const called: AnyFunction = koffi.decode(address, prototype);
  // As above: the value is made from the very signature that types it.
  return promised(called) as Functions<{ f: T }>['f'];
}

function promised(called: AnyFunction): NativeFunction<unknown[], unknown> {
  const later = (...args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      called.async(...args, (error: unknown, result: unknown) => {
        if (error === null || error === undefined) resolve(result);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  return Object.assign((...args: unknown[]): unknown => called(...args), { later });
}
