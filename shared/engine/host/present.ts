/** Leaves out members that are undefined, which exact optional types do not take. */

type Maybe<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

/** `T` with its members that may be undefined made optional. */
export type Present<T> = { [K in Exclude<keyof T, Maybe<T>>]: T[K] } & {
  [K in Maybe<T>]?: Exclude<T[K], undefined>;
};

export function present<T extends object>(value: T): Present<T> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  // Object.fromEntries forgets the names; these are the members of `value` without the undefined ones.
  return Object.fromEntries(entries) as Present<T>;
}
