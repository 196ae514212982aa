/** Which installed family a computed `font-family` really uses, and its metrics. */

const installed = [
  'DejaVu Sans',
  'DejaVu Serif',
  'DejaVu Sans Mono',
  'Open Sans',
  'Liberation Sans',
  'Liberation Serif',
  'Liberation Mono',
  'Noto Sans',
  'Noto Serif',
  'Noto Sans Mono',
  'Noto Sans CJK SC',
  'Roboto',
  'Arial',
  'Helvetica',
  'Times New Roman',
  'Georgia',
  'Courier New',
  'Segoe UI',
  'Ubuntu',
  'Cantarell',
];
const generic = new Set([
  'serif',
  'sans-serif',
  'monospace',
  'system-ui',
  'ui-sans-serif',
  'ui-serif',
  'ui-monospace',
  'cursive',
  'fantasy',
  '-apple-system',
  'BlinkMacSystemFont',
]);
const probe = 'mmMWlli1047 Quick';

function pen(): CanvasRenderingContext2D {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('The browser gives no 2d canvas.');
  return context;
}

const context = pen();
const families = new Map<string, string>();

function width(family: string): number {
  context.font = `72px ${family}`;
  return context.measureText(probe).width;
}

function exists(name: string): boolean {
  const quoted = `"${name}"`;
  return width(`${quoted}, monospace`) !== width('monospace') || width(`${quoted}, serif`) !== width('serif');
}

/** The first family of the stack that is really there, by the widths it gives. */
export function usedFamily(stack: string): string {
  const known = families.get(stack);
  if (known !== undefined) return known;
  const names = stack.split(',').map((name) => name.trim().replace(/^["']|["']$/g, ''));
  const named = names.find((name) => !generic.has(name) && exists(name));
  const target = width(stack);
  const used =
    named ?? installed.find((name) => exists(name) && width(`"${name}"`) === target) ?? 'DejaVu Sans';
  families.set(stack, used);
  return used;
}

export function classOf(family: string, stack: string): 'sans' | 'serif' | 'mono' {
  if (/mono|courier|consol|menlo|code/i.test(family)) return 'mono';
  if (/sans/i.test(family)) return 'sans';
  if (/serif|georgia|times|slab|garamond|merriweather|playfair|lora/i.test(family)) return 'serif';
  return /(^|[^-])serif/.test(stack.replace(/sans-serif/g, '')) ? 'serif' : 'sans';
}

/** Canvas metrics of a text set in an element's computed style. */
export function measure(text: string, style: CSSStyleDeclaration): TextMetrics {
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.letterSpacing = style.letterSpacing === 'normal' ? '0px' : style.letterSpacing;
  return context.measureText(text);
}
