/**
 * The UI tree: what a page consists of, between its layout and its code.
 *
 * A recogniser may fill `kind`, `box`, `text`, `role`, `state` and `children`; `style`, `lines` and the rest
 * come from pixels. One schema checks both.
 */
import { z } from 'zod';

/** Kinds with the elements that they become. */
export const uiKinds = [
  'page',
  'header',
  'nav',
  'main',
  'section',
  'aside',
  'footer',
  'article',
  'card',
  'grid',
  'row',
  'column',
  'overlay',
  'list',
  'item',
  'form',
  'field',
  'table',
  'table-row',
  'cell',
  'tabs',
  'heading',
  'text',
  'label',
  'link',
  'button',
  'input',
  'textarea',
  'select',
  'checkbox',
  'radio',
  'switch',
  'image',
  'icon',
  'chart',
  'avatar',
  'video',
  'map',
  'badge',
  'divider',
  'quote',
  'shape',
  'fieldset',
  'legend',
  'details',
  'term',
  'description',
] as const;

export type UiKind = (typeof uiKinds)[number];

export const rectSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative(),
});
const channel = z.number().min(0).max(255);
export const colorSchema = z.tuple([channel, channel, channel]);
const sideSchema = z.object({ width: z.number().nonnegative(), color: colorSchema });

export const fontSchema = z.object({
  kind: z.enum(['sans', 'serif', 'mono']),
  family: z.string(),
  size: z.number().positive().describe('CSS pixels.'),
  weight: z.number().min(1).max(1000),
  italic: z.boolean(),
  letterSpacing: z.number().describe('CSS pixels.'),
  lineHeight: z.number().positive().describe('CSS pixels.'),
});

export const styleSchema = z.object({
  color: colorSchema.optional(),
  fill: colorSchema.optional(),
  gradient: z
    .object({
      angle: z.number(),
      from: colorSchema,
      to: colorSchema,
      stops: z.array(z.object({ offset: z.number().min(0).max(1), color: colorSchema })).optional(),
    })
    .optional(),
  border: z
    .object({
      top: sideSchema.optional(),
      right: sideSchema.optional(),
      bottom: sideSchema.optional(),
      left: sideSchema.optional(),
    })
    .optional(),
  radius: z.number().nonnegative().optional(),
  radii: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  shadow: z
    .object({ offsetY: z.number(), blur: z.number(), color: colorSchema, alpha: z.number() })
    .optional(),
  font: fontSchema.optional(),
  align: z.enum(['left', 'center', 'right']).optional(),
  underline: z.boolean().optional(),
  strike: z.boolean().optional(),
});

/** A stretch of text in one style. `line` tells on which visual line it stood, from 0. */
const runSchema = z.object({
  text: z.string(),
  line: z.number().int().nonnegative(),
  kind: z.enum(['plain', 'span', 'strong', 'em', 'link']),
  style: styleSchema.optional(),
});

/** Strokes of one colour on a grid of 24 by 24; tags and attributes are SVG's. */
export const symbolSchema = z.object({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  nodes: z.array(
    z.tuple([
      z.enum(['path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon']),
      z.record(z.string().regex(/^[a-z][a-z0-9]*$/), z.string().regex(/^[\w\s.,+-]*$/)),
    ]),
  ),
  strokeWidth: z.number().positive(),
  color: colorSchema,
});

export const uiNodeSchema = z.object({
  kind: z.enum(uiKinds),
  /** CSS box, border included, in CSS pixels of the page; for text the line boxes, not the ink. */
  box: rectSchema,
  text: z.string().optional().describe('What is written; the placeholder or value of a field.'),
  role: z.string().optional().describe('What it is for, in a word or two: "card title", "price".'),
  state: z
    .enum(['checked', 'selected', 'disabled', 'placeholder', 'secret', 'headed'])
    .optional()
    .describe('Of a table, `headed`: its first row is its head.'),
  level: z.number().int().min(1).max(6).optional().describe('Rank of a heading.'),
  flow: z.enum(['column', 'row', 'grid', 'overlay']).optional(),
  columns: z.number().int().positive().optional().describe('Equal tracks of a grid.'),
  tracks: z
    .array(z.number())
    .optional()
    .describe(
      'Edges of the columns of a table, or of a grid whose children span them; one more than columns.',
    ),
  span: z.number().int().positive().optional().describe('Columns that a cell covers.'),
  runs: z.array(runSchema).optional(),
  /** Widths within which the text wraps as it did: [least, most], in CSS pixels. Absent for one line. */
  wrap: z.tuple([z.number(), z.number()]).optional(),
  /** The font is not known here, so that its widths are guesses. */
  guessed: z.boolean().optional(),
  /** Text by visual line, where no width alone makes it break there. */
  lines: z.array(z.string()).optional(),
  /** Text whose blanks and line ends stay as they are: `text` and `runs` have them. */
  preformatted: z.boolean().optional(),
  style: styleSchema.optional(),
  /** Picture to be cropped out. */
  asset: z
    .object({ kind: z.enum(['photo', 'drawing', 'icon']), box: rectSchema, erase: z.array(rectSchema) })
    .optional(),
  /** An icon of the icon set, drawn instead of cropped. */
  symbol: symbolSchema.optional(),
  get children() {
    return z.array(uiNodeSchema).optional();
  },
});

export const uiTreeSchema = z.object({
  width: z.number().positive(),
  height: z.number().positive(),
  language: z.string(),
  background: colorSchema,
  root: uiNodeSchema,
});

export type UiStyle = z.infer<typeof styleSchema>;
export type UiFont = z.infer<typeof fontSchema>;
export type UiRun = z.infer<typeof runSchema>;
export type UiNode = z.infer<typeof uiNodeSchema>;
export type UiTree = z.infer<typeof uiTreeSchema>;

export const childrenOf = (node: UiNode): readonly UiNode[] => node.children ?? [];

/** All nodes, parents before children. */
export function* walk(node: UiNode): Generator<UiNode> {
  yield node;
  for (const child of childrenOf(node)) yield* walk(child);
}
