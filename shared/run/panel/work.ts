/** What the panel holds of one picture: its pages and its diagram, made when they are first asked for and kept. */

import { PixelwrightError } from '../../errors.ts';
import type { PanelResult, PanelTarget, SaveForm } from '../../panel-protocol.ts';
import { isDiagramTarget } from '../../tasks/image-to-diagram.ts';
import type { MadePages } from '../convert/made-pages.ts';
import { asScreen } from '../convert/photographed.ts';
import { type Found, wireframe } from '../convert-diagram.ts';
import type { LoadedPicture } from '../load-picture.ts';
import type { OutputFile } from '../write-output.ts';
import { diagramMade, findDiagram } from './diagram.ts';
import { handedOverPages } from './handed-over.ts';
import {
  chooseFor,
  choosePage,
  draftPages,
  filesOf,
  improvedPages,
  instructPage,
  isUndoable,
  listed,
  type Pages,
  pageMade,
  shownTree,
  undoPage,
} from './pages.ts';
import type { Made, Tools } from './tools.ts';

/** What is shown of a picture. */
export interface View
  extends Made,
    Pick<PanelResult, 'target' | 'candidates' | 'undoable' | 'noInstructions'> {}

export class PictureWork {
  readonly #picture: LoadedPicture;
  readonly #name: string;
  readonly #made: MadePages | undefined;
  #pages: Pages | undefined;
  #diagram: Found | 'screen' | undefined;
  #isDiagramDraft = false;
  #target: PanelTarget;

  /**
   * @param name stem of the files.
   * @param made what a conversion of this picture has made elsewhere.
   */
  constructor(picture: LoadedPicture, name: string, target: PanelTarget, made?: MadePages) {
    this.#picture = picture;
    this.#name = name;
    this.#target = target;
    this.#made = made;
  }

  get name(): string {
    return this.#name;
  }

  get sha256(): string {
    return this.#picture.sha256;
  }

  /** There is something to show, and be it a draft. */
  get isMade(): boolean {
    return this.#pages !== undefined || this.#diagram !== undefined;
  }

  get target(): PanelTarget {
    return this.#target;
  }

  /**
   * Makes what is not there yet; what is there is written anew, without asking a model.
   * @param onDraft is given what was measured, while a model is asked.
   */
  async show(target: PanelTarget, tools: Tools, onDraft: (draft: View) => Promise<void>): Promise<View> {
    this.#target = target;
    if (isDiagramTarget(target)) {
      const draft = async (found: Found): Promise<void> =>
        onDraft(await this.#diagramView(found, target, tools));
      const found = await this.#foundDiagram(tools, draft);
      return await this.#diagramView(found, target, tools);
    }
    this.#pages = chooseFor(
      await this.#madePages(tools, async () => onDraft(await this.view(tools))),
      target,
    );
    return await this.view(tools);
  }

  /** What is shown now. */
  async view(tools: Tools): Promise<View> {
    const target = this.#target;
    if (isDiagramTarget(target)) return await this.show(target, tools, async () => {});
    const pages = this.#requirePages();
    return {
      ...(await pageMade(pages, target, tools)),
      target,
      candidates: listed(pages),
      undoable: isUndoable(pages),
    };
  }

  choose(candidate: string): void {
    const pages = choosePage(this.#requirePages(), candidate);
    this.#pages = isDiagramTarget(this.#target) ? pages : chooseFor(pages, this.#target);
  }

  async instruct(text: string, tools: Tools): Promise<void> {
    if (isDiagramTarget(this.#target))
      throw new PixelwrightError('option-invalid', noInstructionsForDiagrams);
    this.#pages = await instructPage(this.#requirePages(), text, tools);
  }

  undo(): void {
    this.#pages = undoPage(this.#requirePages());
  }

  /** Files to save. @throws PixelwrightError `option-invalid` before there is a result. */
  async files(form: SaveForm, tools: Tools): Promise<readonly OutputFile[]> {
    const target = this.#target;
    if (form === 'single' && !isDiagramTarget(target))
      return await filesOf(this.#requirePages(), target, true, tools);
    const { files } = await this.view(tools);
    return form === 'single' ? files.slice(0, 1) : files;
  }

  #requirePages(): Pages {
    if (this.#pages !== undefined) return this.#pages;
    throw new PixelwrightError('option-invalid', 'There is no page yet.', {
      next: 'Choose a picture first.',
    });
  }

  /** A draft is kept at once: it stays when the model fails or the user cancels, and is gone on with where asked. */
  async #madePages(tools: Tools, onDraft: () => Promise<void>): Promise<Pages> {
    const known = this.#pages;
    if (known !== undefined && !(known.isDraft && tools.resumes)) return known;
    const keep = async (draft: Pages): Promise<void> => {
      this.#pages = draft;
      await onDraft();
    };
    const handedOver =
      this.#made === undefined ? undefined : await handedOverPages(this.#made, this.#name, tools, keep);
    if (handedOver !== undefined) {
      this.#pages = handedOver;
      return handedOver;
    }
    const draft = known ?? (await draftPages(await asScreen(this.#picture), this.#name, tools));
    await keep(draft);
    this.#pages = await improvedPages(draft, tools);
    return this.#pages;
  }

  async #foundDiagram(tools: Tools, onDraft: (found: Found) => Promise<void>): Promise<Found> {
    if (this.#diagram === 'screen') return await this.#screen(tools, onDraft);
    if (this.#diagram !== undefined && !(this.#isDiagramDraft && tools.resumes)) return this.#diagram;
    let isScreen = false;
    const screen = async (): Promise<Found> => {
      isScreen = true;
      this.#diagram = 'screen';
      return await this.#screen(tools, onDraft);
    };
    const keep = async (draft: Found): Promise<void> => {
      this.#diagram = draft;
      this.#isDiagramDraft = true;
      await onDraft(draft);
    };
    const found = await findDiagram(this.#picture, this.#name, tools, screen, keep);
    this.#isDiagramDraft = false;
    if (!isScreen) this.#diagram = found;
    return found;
  }

  /** A wireframe follows what is chosen and instructed, so it is made anew each time. */
  async #screen(tools: Tools, onDraft: (found: Found) => Promise<void>): Promise<Found> {
    const wired = async (): Promise<Found> => {
      const pages = chooseFor(this.#requirePages(), 'vue');
      const tree = shownTree(pages);
      if (tree === undefined) throw new RangeError('A candidate for every target has a tree.');
      const { picture, facts } = pages.conversion.measured;
      return await wireframe(picture.raster, tree, facts.pixelRatio, 'auto', tools.context);
    };
    await this.#madePages(tools, async () => onDraft(await wired()));
    return await wired();
  }

  async #diagramView(found: Found, target: 'drawio' | 'mermaid', tools: Tools): Promise<View> {
    const { raster, warnings } = this.#picture;
    const isScreen = this.#diagram === 'screen';
    // A wireframe is drawn in the pixels of the page, any other diagram in those of the picture.
    const { width, height } = isScreen ? this.#requirePages().conversion.measured.facts : raster;
    const made = await diagramMade(found, { target, name: this.#name, size: { width, height } }, tools);
    return {
      ...made,
      warnings: [...warnings, ...made.warnings],
      target,
      candidates: [],
      undoable: false,
      noInstructions: noInstructionsForDiagrams,
    };
  }
}

const noInstructionsForDiagrams =
  'Instructions change pages. A diagram is changed in its editor: draw.io, or any editor for Mermaid.';
