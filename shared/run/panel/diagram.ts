/** The diagram of one picture in the panel: its graph is kept, and written anew for each target. */
import type { DiagramTarget } from '../../tasks/image-to-diagram.ts';
import { type Found, findGraph, whatIsLost } from '../convert-diagram.ts';
import type { LoadedPicture } from '../load-picture.ts';
import type { Made, Tools } from './tools.ts';

/** @param screen tells what to do with a picture that is no diagram. @throws PixelwrightError as `convertDiagram`. */
export async function findDiagram(
  picture: LoadedPicture,
  name: string,
  { settings, engine, context }: Tools,
  screen: () => Promise<Found>,
  onDraft: (draft: Found) => Promise<void>,
): Promise<Found> {
  const { strategy, maxTokens } = settings;
  const options = {
    name,
    target: 'drawio',
    method: strategy === 'measured' ? 'measured' : 'auto',
    ...(engine === undefined ? {} : { engine }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  } as const;
  return await findGraph(picture, options, { screen, onDraft }, context);
}

/** The diagram in a target's language. @param size of the picture, in the units of the graph. */
export async function diagramMade(
  { graph, method, warnings, truncated }: Found,
  {
    target,
    name,
    size,
  }: { readonly target: DiagramTarget; readonly name: string; readonly size: Made['size'] },
  { composer, context }: Tools,
): Promise<Made> {
  context.progress({ stage: 'compose', message: 'tidying the diagram' });
  const {
    files,
    graph: tidy,
    placement,
  } = await composer.diagram(graph, { name, target, layout: 'keep', preview: true }, context.signal);
  const drawing = files[1]?.content ?? '';
  const { scale, left, top } = placement;
  return {
    label: method === 'measured' ? 'measured without a model' : 'measured, and named by the model',
    size,
    files,
    preview: {
      kind: 'drawing',
      source: `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`,
      x: -left / scale,
      y: -top / scale,
      width: Math.ceil(tidy.width) / scale,
      height: Math.ceil(tidy.height) / scale,
    },
    warnings: [
      ...warnings,
      ...whatIsLost(graph, target),
      ...(truncated ? ['The model’s answer ended early; the diagram is what it had told.'] : []),
    ],
  };
}
