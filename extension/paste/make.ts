/** Makes of a picture what is to be pasted: measured at once, or better with a model. */
import type { Engine, PictureSource } from '../../shared/index.ts';
import type { RunContext, Settings } from '../../shared/start.ts';
import type { Core } from '../load-core.ts';
import { indented } from './indentation.ts';
import { drawioPiece, type ExtraPiece, type Pieces, type Place, pagePieces } from './pieces.ts';
import { isPageWay, type PageWay, type Way } from './ways.ts';

/** A file that is to lie beside the document; relative, with forward slashes. */
export interface PastedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

export interface Pasted {
  readonly insert: string;
  readonly extras: readonly ExtraPiece[];
  readonly files: readonly PastedFile[];
}

export interface PasteTask {
  readonly way: Way;
  readonly source: PictureSource;
  readonly place: Place;
  /** Class of the markup, stem of its files. */
  readonly name: string;
  /** Names that the document has by itself. */
  readonly taken: readonly string[];
  /** Absent: measured, which takes a second or two. */
  readonly engine?: Engine;
}

/** Throws as `convertPicture`, `convertDiagram`, `extractText`. */
export async function makePasted(
  task: PasteTask,
  {
    core,
    settings,
    context,
  }: { readonly core: Core; readonly settings: Settings; readonly context: RunContext },
): Promise<Pasted> {
  const { way, source, name, engine, place } = task;
  if (isPageWay(way)) return await page(task, way, { core, settings, context });
  const read = core.loadOptions(settings);
  if (way === 'text') {
    const { markdown } = await core.extractText(source, { engine, read }, context);
    return plain(markdown);
  }
  const target = way === 'drawio' ? 'drawio' : 'mermaid';
  const { files } = await core.convertDiagram(source, { engine, read, name, target }, context);
  const content = files[0]?.content;
  const text = typeof content === 'string' ? content : '';
  if (way === 'drawio') return plain(drawioPiece(text, place.text));
  return plain(way === 'mermaid' ? text.trimEnd() : `\`\`\`mermaid\n${text.trimEnd()}\n\`\`\`\n`);
}

const plain = (text: string): Pasted => ({ insert: text, extras: [], files: [] });

async function page(
  { source, name, engine, place, taken }: PasteTask,
  way: PageWay,
  {
    core,
    settings,
    context,
  }: { readonly core: Core; readonly settings: Settings; readonly context: RunContext },
): Promise<Pasted> {
  const { fit, browser } = settings;
  const { files } = await core.convertPicture(
    source,
    {
      name,
      target: 'html',
      strategy: engine === undefined ? 'measured' : 'auto',
      samples: 0,
      // A document without a folder holds its pictures itself.
      inline: !place.isSaved,
      fit,
      read: core.loadOptions(settings),
      ...(engine === undefined ? {} : { engine }),
      ...(browser === undefined ? {} : { browserPath: browser }),
    },
    context,
  );
  const textOf = (role: string): string => {
    const content = files.find((file) => file.role === role)?.content;
    return typeof content === 'string' ? content : '';
  };
  const [html, css] = [textOf('page'), textOf('style')];
  const fragment = await core.pageFragment(
    { html, ...(css === '' ? {} : { css }) },
    { language: way, name, taken },
  );
  const pieces: Pieces = pagePieces(way, { name, fragment, html, css }, place);
  const { styleFile } = pieces;
  const assets = files.flatMap(({ role, path, content }) =>
    role === 'asset' && typeof content !== 'string' ? [{ path, content }] : [],
  );
  const style =
    styleFile === undefined
      ? []
      : [
          {
            path: styleFile.path,
            content: new TextEncoder().encode(indented(styleFile.content, place.indentation)),
          },
        ];
  return { insert: pieces.insert, extras: pieces.extras, files: [...assets, ...style] };
}
