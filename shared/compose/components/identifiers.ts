/** Names in code: of components, types, variables and fields. */

/** Words of JavaScript, of frameworks and of types that our code uses; no name of ours is one of them. */
const reserved = new Set(
  `abstract any arguments as async await boolean break case catch class const constructor continue debugger
  declare default defineProps delete do else enum eval export extends false finally for from function get if
  implements import in infer instanceof interface is key keyof let module namespace never new null number
  object of package private protected prototype public readonly ref require return satisfies set slot static
  string style styles super switch symbol this throw true try type typeof undefined unique unknown useId var
  void while with yield children computed reactive Fragment React Array Object String Number Boolean
  Symbol Function Map Set Record Date Error Promise JSON Math Infinity NaN Proxy Reflect RegExp globalThis
  window document toString valueOf hasOwnProperty props emit attrs slots refs root parent id`.split(/\s+/),
);

/** Names of HTML and SVG elements that a component could be taken for, and of components built into Vue. */
const elementNames = new Set(
  `a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code
  col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark
  math menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby
  s samp script search section select slot small source span strong style sub summary sup svg table tbody td
  template textarea tfoot th thead time title tr track u ul var video wbr text image circle rect line path
  component transition keepalive teleport suspense fragment transitiongroup routerlink routerview`.split(
    /\s+/,
  ),
);

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** `card-title` → `CardTitle`; '' if there is no letter to begin with. */
export function pascalCase(text: string): string {
  const name = wordsOf(text).map(capital).join('');
  return name.replace(/^[0-9]+/, '').replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/** `card-title` → `cardTitle`; '' if there is no letter to begin with. */
export function camelCase(text: string): string {
  const name = pascalCase(text);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** File names of components: any letters, each word with a capital. `my-login` → `MyLogin`. */
export function fileStem(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.map((word) => word.replace(/^./u, (letter) => letter.toUpperCase())).join('') || 'Page';
}

/** `story` → `stories`, `class` → `classes`. */
export function plural(word: string): string {
  if (/(s|x|z|ch|sh)$/i.test(word)) return `${word}es`;
  return /[^aeiou]y$/i.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** A name that is neither taken nor reserved, by a number behind it if need be; it is then taken. */
export function claim(wanted: string, taken: Set<string>, kind: 'component' | 'value' = 'value'): string {
  const fits = (name: string): boolean =>
    name !== '' &&
    !taken.has(name) &&
    !reserved.has(name) &&
    !(kind === 'component' && elementNames.has(name.toLowerCase()));
  let name = wanted === '' ? (kind === 'component' ? 'Part' : 'part') : wanted;
  if (kind === 'component' && elementNames.has(name.toLowerCase())) name = `${name}Block`;
  // A property that begins with "on" is an event's handler to frameworks; one that ends with "Url" is a picture.
  if (kind === 'value' && (reserved.has(name) || /^on[A-Z]|Url$/.test(name))) name = `${name}Value`;
  const stem = name;
  for (let number = 2; !fits(name); number += 1) name = `${stem}${number}`;
  taken.add(name);
  return name;
}
