/** What the panel's page and its host say to each other; each end validates what the other one sends. */
import * as z from 'zod';
import type { Target } from './config.ts';

export const panelTargets = [
  'html',
  'html-tailwind',
  'vue',
  'react',
  'drawio',
  'mermaid',
] as const satisfies readonly Target[];
export type PanelTarget = (typeof panelTargets)[number];

/** `folder`: the host asks where to; `zip` and `single` come back to the page as one file. */
export const saveForms = ['folder', 'zip', 'single'] as const;
export type SaveForm = (typeof saveForms)[number];

/** Told by the page, counting up; answers carry it, so that those to a request that was cancelled are known. */
const id = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const target = z.enum(panelTargets);
const name = z.string().min(1).max(255);

export const longestInstruction = 2000;

/** Bytes; a bound for what is kept in memory. The settings have a lower one, told in words by who reads the picture. */
const largestPicture = 192 * 1024 * 1024;
/** Characters of base64 for so many bytes. */
const longestPicture = (4 * largestPicture) / 3;

export const messageToHostSchema = z.discriminatedUnion('type', [
  /** First of all, and again after a reload. The styles of previews carry the page's nonce. */
  z.strictObject({ type: z.literal('ready'), nonce: z.string().regex(/^[\w+/=-]{16,64}$/) }),
  z.strictObject({
    type: z.literal('convert'),
    id,
    target,
    picture: z.strictObject({
      name,
      base64: z.string().min(1, 'the picture is empty').max(longestPicture),
    }),
  }),
  z.strictObject({ type: z.literal('retarget'), id, target }),
  z.strictObject({ type: z.literal('choose'), id, candidate: name }),
  z.strictObject({
    type: z.literal('instruct'),
    id,
    text: z.string().trim().min(1).max(longestInstruction),
  }),
  z.strictObject({ type: z.literal('undo'), id }),
  z.strictObject({ type: z.literal('cancel') }),
  z.strictObject({ type: z.literal('save'), id, form: z.enum(saveForms) }),
  z.strictObject({ type: z.literal('open'), id }),
  z.strictObject({ type: z.literal('setUp') }),
]);
export type MessageToHost = z.infer<typeof messageToHostSchema>;

/** A page that could be the answer. */
const candidate = z.object({
  name,
  /** How it was made, for people. */
  label: z.string(),
  /** It is the one that is shown. */
  shown: z.boolean(),
  /** It looks most like the picture. */
  best: z.boolean(),
  /** Text, place and colour of the words, 0..1, and structural similarity of the pixels, −1..1. */
  score: z.object({ words: z.number(), pixels: z.number() }).optional(),
  /** Nothing was compared, because no browser was found for it. */
  noBrowser: z.boolean().optional(),
  /** Instructions that were followed since. */
  changes: z.int().min(0),
});
export type PanelCandidate = z.infer<typeof candidate>;

const preview = z.discriminatedUnion('kind', [
  /** A page of its own, for a frame without any rights; width and height of the picture in CSS pixels. */
  z.object({ kind: z.literal('page'), html: z.string() }),
  /** A drawing that lies over the picture there, in CSS pixels of it. */
  z.object({
    kind: z.literal('drawing'),
    source: z.string().startsWith('data:image/svg+xml'),
    x: z.number(),
    y: z.number(),
    width: z.number().positive(),
    height: z.number().positive(),
  }),
]);
export type PanelPreview = z.infer<typeof preview>;

const result = z.object({
  type: z.literal('result'),
  id,
  /** A better one may follow under the same id while this is false. */
  final: z.boolean(),
  target,
  /** `measured without a model` */
  label: z.string(),
  candidates: z.array(candidate),
  preview,
  /** CSS pixels of the picture as it was converted. */
  size: z.object({ width: z.number().positive(), height: z.number().positive() }),
  files: z.array(z.object({ path: z.string(), text: z.string() })).min(1),
  assets: z.array(z.object({ path: z.string(), bytes: z.int().min(0) })),
  warnings: z.array(z.string()),
  /** Why no instruction can be followed; absent where one can. */
  noInstructions: z.string().optional(),
  undoable: z.boolean(),
});
export type PanelResult = z.infer<typeof result>;

export const messageToPageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    saves: z.array(z.enum(saveForms)),
    /** Whether results can be opened in an editor, and a model be set up. */
    opens: z.boolean(),
    setsUp: z.boolean(),
    maxInputBytes: z.int().positive(),
    target,
    /** What to know of the model, where none is at hand. */
    note: z.string().optional(),
  }),
  /** As if the user had chosen this picture. */
  z.object({
    type: z.literal('offer'),
    name,
    mediaType: z.string(),
    base64: z.string(),
    /** What it is to become; the page's own choice unless told. */
    target: target.optional(),
  }),
  /** What is compared with: a photo is straightened, and not every format can be shown. */
  z.object({ type: z.literal('picture'), id, source: z.string().startsWith('data:image/') }),
  z.object({
    type: z.literal('progress'),
    id,
    message: z.string(),
    fraction: z.number().min(0).max(1).optional(),
  }),
  result,
  /** The request is done, and there is nothing new to show. */
  z.object({
    type: z.literal('done'),
    id,
    message: z.string(),
    download: z.object({ name, mediaType: z.string(), base64: z.string() }).optional(),
  }),
  z.object({
    type: z.literal('failed'),
    id: id.optional(),
    code: z.string(),
    message: z.string(),
    next: z.string().optional(),
  }),
]);
export type MessageToPage = z.infer<typeof messageToPageSchema>;
export type Hello = Extract<MessageToPage, { type: 'hello' }>;
