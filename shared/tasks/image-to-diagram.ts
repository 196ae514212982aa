/** Task `image_to_diagram`: a picture of a diagram becomes a draw.io file or a Mermaid text. */
import { z } from 'zod';
import type { Target } from '../config.ts';
import { diagramKinds } from '../diagram-graph.ts';
import { defineModelTask } from './define-task.ts';
import {
  fileField,
  imageField,
  jsonSampling,
  madeByField,
  maxTokensField,
  methodField,
  pictureField,
  seedField,
  truncatedField,
  usageField,
  warningsField,
} from './fields.ts';
import { tileLines, userTurn } from './prompt.ts';

export const diagramTargets = ['drawio', 'mermaid'] as const satisfies readonly Target[];
export type DiagramTarget = (typeof diagramTargets)[number];

/** Whether a target is a diagram; the others are code of a page. */
export const isDiagramTarget = (target: Target): target is DiagramTarget =>
  diagramTargets.some((diagram) => diagram === target);

/** `keep`: shapes stay where they were; `auto`: a fresh layout. */
export const diagramLayouts = ['keep', 'auto'] as const;
export type DiagramLayout = (typeof diagramLayouts)[number];

/** What the picture shows: a diagram, or a screen that becomes a wireframe. */
export const diagramSubjects = ['auto', 'diagram', 'screen'] as const;
export type DiagramSubject = (typeof diagramSubjects)[number];

const wording = [
  'List every shape and every arrow of this diagram as JSON.',
  'nodes: [id, shape, text, [x1, y1, x2, y2]]. edges: [id of the shape where the arrow begins, id of the shape that it points to, text beside it].',
  'Use the exact words of the picture. For a table or a class write its rows below its title, with \\n between.',
];

export const imageToDiagram = defineModelTask({
  name: 'image_to_diagram',
  title: 'Turn a picture into a diagram',
  description:
    'Turns a whiteboard photo, sketch or diagram into draw.io or Mermaid, a screen into a wireframe. Use when a diagram should become editable. Do not use for page code.',
  input: z.object({
    image: imageField,
    target: z.enum(diagramTargets).default('drawio').describe('Kind of file.'),
    layout: z.enum(diagramLayouts).default('keep').describe('auto: shapes are placed afresh.'),
    subject: z.enum(diagramSubjects).default('auto').describe('screen: makes a wireframe.'),
    method: methodField,
    maxTokens: maxTokensField,
    seed: seedField,
  }),
  output: z.object({
    files: z.array(fileField).describe('The diagram first, then a preview.'),
    kind: z.enum(diagramKinds),
    method: madeByField,
    report: z.object({
      madeWithoutModel: z.boolean(),
      nodes: z.number(),
      edges: z.number(),
      warnings: warningsField,
      truncated: truncatedField,
      picture: pictureField,
      usage: usageField,
    }),
  }),
  model: { sampling: jsonSampling, maxTokens: 4096, imageTokens: { min: 1024, max: 2048 } },
  prompt: (_, { images }) => [userTurn(images, [...wording, ...tileLines(images)].join('\n'))],
});
