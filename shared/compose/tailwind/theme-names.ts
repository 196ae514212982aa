/** Values that are put into the theme under a name of their own. */

export interface ThemeNames {
  /** The name under which a value stands; the same value has one name. */
  name(namespace: string, wanted: string, value: string): string;
  /** Variables of the theme, by name. */
  readonly variables: ReadonlyMap<string, string>;
}

export function createThemeNames(): ThemeNames {
  const variables = new Map<string, string>();
  return {
    variables,
    name(namespace, wanted, value) {
      for (let number = 1; ; number += 1) {
        const name = number === 1 ? wanted : `${wanted}-${number}`;
        const variable = `--${namespace}-${name}`;
        const known = variables.get(variable);
        if (known === undefined) variables.set(variable, value);
        if (known === undefined || known === value) return name;
      }
    },
  };
}
