/** Checks an SVG before it is drawn: no external entities, no outside references, a bounded size. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { PixelwrightError } from '../errors.ts';
import { decodeText } from './sniff.ts';
import { giveWay } from './turn.ts';

export interface SvgCheck {
  /** The document in UTF-8, which is what the renderer looks for. */
  readonly bytes: Uint8Array;
  /** The width is in mm, cm, in, pt or pc and not in pixels. */
  readonly hasPhysicalUnits: boolean;
  readonly warnings: readonly string[];
}

/** Elements whose reference is drawn; `a` only links. */
const drawing = new Set([
  'image',
  'use',
  'feimage',
  'script',
  'include',
  'tref',
  'pattern',
  'lineargradient',
  'radialgradient',
  'filter',
  'textpath',
  'mpath',
  'cursor',
  'foreignobject',
  'iframe',
  'video',
  'audio',
]);
const sliceLength = 256 * 1024;
/** Illustrator declares some twenty entities of namespaces; a bomb needs far more text. */
const maxEntityText = 1_000_000;

/**
 * Reads the whole document as XML.
 * @throws PixelwrightError `not-allowed` for an external entity or reference, `input-unsupported` for broken XML,
 *   `input-too-large` for entities that grow, `cancelled`.
 */
export async function checkSvg(bytes: Uint8Array, name: string, signal: AbortSignal): Promise<SvgCheck> {
  const text = svgText(bytes, name);
  const parser = new SaxesParser();
  const warnings = new Set<string>();
  const outside: string[] = [];
  let hasPhysicalUnits = false;
  let depth = 0;
  let style = '';
  parser.on('error', (error) => {
    throw broken(name, error);
  });
  parser.on('doctype', (doctype) => {
    Object.assign(parser.ENTITIES, entitiesOf(doctype, name, text));
  });
  parser.on('processinginstruction', ({ target }) => {
    if (target.toLowerCase() === 'xml-stylesheet')
      warnings.add(`${name}: its external style sheet is not loaded.`);
  });
  parser.on('opentag', (tag) => {
    if (depth++ === 0) {
      requireSaneSize(tag, name);
      hasPhysicalUnits = /(?:mm|cm|in|pt|pc|q)\s*$/i.test(tag.attributes['width'] ?? '');
    }
    outside.push(...outsideReferences(tag));
    style += ` ${tag.attributes['style'] ?? ''}`;
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  const addStyle = (part: string): void => {
    if (/@import|url\(/i.test(part)) style += ` ${part}`;
  };
  parser.on('text', addStyle);
  parser.on('cdata', addStyle);
  for (let at = 0; at < text.length; at += sliceLength) {
    parser.write(text.slice(at, at + sliceLength));
    await giveWay(signal);
  }
  parser.close();
  if (outside[0] !== undefined) throw external(name, outside[0]);
  if (/@import|url\(\s*["']?(?!["'\s]*(?:#|data:))/i.test(style)) {
    warnings.add(`${name}: style sheets, fonts and pictures outside of the file are not loaded.`);
  }
  return { bytes: Buffer.from(text, 'utf8'), hasPhysicalUnits, warnings: [...warnings] };
}

/** Decoded here as it declares itself, so that the renderer reads the very text that was checked. */
function svgText(bytes: Uint8Array, name: string): string {
  const text = decodeText(bytes);
  const declaration = /^\s*<\?xml[^>]*\?>/i.exec(text.slice(0, 1024))?.[0] ?? '';
  const encoding = /\sencoding\s*=\s*["']([^"']+)["']/i.exec(declaration)?.[1] ?? 'utf-8';
  if (/^utf-?(?:8|16)/i.test(encoding)) return text.slice(declaration.length);
  try {
    const decoded = new TextDecoder(encoding).decode(bytes);
    return decoded.slice(decoded.indexOf('?>') + 2);
  } catch (cause) {
    throw broken(name, new Error(`the encoding "${encoding}" is unknown`, { cause }));
  }
}

/** The renderer counts in 32 bits and would wrap; every real limit on pixels is far below. */
function requireSaneSize({ attributes }: SaxesTagPlain, name: string): void {
  const sizes = [attributes['width'], attributes['height'], ...(attributes['viewBox'] ?? '').split(/[\s,]+/)];
  const largest = Math.max(
    ...sizes.map((size) => Math.abs(Number.parseFloat(size ?? ''))).filter(Number.isFinite),
  );
  // No size at all gives -Infinity.
  if (largest <= 1_000_000) return;
  throw new PixelwrightError(
    'input-too-large',
    `Expected an SVG of at most 1,000,000 units a side, but ${name} has ${largest}.`,
    { next: 'Export it smaller, or as PNG.' },
  );
}

function outsideReferences(tag: SaxesTagPlain): string[] {
  const local = tag.name.replace(/^.*:/, '').toLowerCase();
  if (!drawing.has(local)) return [];
  return Object.entries(tag.attributes)
    .filter(([key]) => /^(?:[\w.-]+:)?(?:href|src)$/i.test(key))
    .map(([, value]) => value.trim())
    .filter((value) => value !== '' && !value.startsWith('#') && !/^data:/i.test(value));
}

/** Entities of the document type; only short, flat, internal ones. */
function entitiesOf(doctype: string, name: string, text: string): Record<string, string> {
  const entities: Record<string, string> = {};
  for (const match of doctype.matchAll(
    /<!ENTITY\s+(%\s+)?(\S+)\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')/gi,
  )) {
    const [, parameter, key = '', keyword] = match;
    if (keyword !== undefined || parameter !== undefined) throw externalEntity(name, key);
    const value = match[4] ?? match[5] ?? '';
    if (value.includes('&')) throw entityBomb(name);
    entities[key] = value;
  }
  let grown = 0;
  for (const [key, value] of Object.entries(entities))
    grown += (text.split(`&${key};`).length - 1) * value.length;
  if (grown > maxEntityText) throw entityBomb(name);
  return entities;
}

const embed = 'Embed what it refers to (as data: URIs), or export it as PNG.';

function externalEntity(name: string, entity: string): PixelwrightError {
  return new PixelwrightError(
    'not-allowed',
    `Expected an SVG that is complete in itself, but ${name} declares the external entity "${entity}".`,
    { next: embed },
  );
}

function external(name: string, reference: string): PixelwrightError {
  const target = reference.length > 80 ? `${reference.slice(0, 80)}…` : reference;
  return new PixelwrightError(
    'not-allowed',
    `Expected an SVG that is complete in itself, but ${name} refers to ${target}.`,
    { next: embed },
  );
}

function entityBomb(name: string): PixelwrightError {
  return new PixelwrightError(
    'input-too-large',
    `Expected plain entities, but those of ${name} grow when expanded.`,
    {
      next: 'Export it as PNG.',
    },
  );
}

function broken(name: string, cause: Error): PixelwrightError {
  return new PixelwrightError(
    'input-unsupported',
    `Expected an SVG, but ${name} is not well-formed XML: ${cause.message.replace(/\.$/, '')}.`,
    {
      next: 'Export it again, or export it as PNG.',
      cause,
    },
  );
}
