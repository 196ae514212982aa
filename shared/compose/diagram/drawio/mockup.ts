/** Parts of a screen as draw.io's mockup shapes; what those would draw otherwise than it was seen stays a plain shape. */
import { type BoxSide, boxSides, type GraphNode } from '../../../diagram-graph.ts';
import { type Rgb, toHex } from '../../../geometry.ts';

const library = 'shape=mxgraph.mockup';

/** draw.io's button has corners of 10 pixels, whatever its size. */
const buttonRadius = 10;

/** The arrow of its combo box takes 30 pixels. */
const leastCombo = 60;

const isPale = (color: Rgb | undefined): boolean =>
  color === undefined || color.every((channel) => channel >= 245);

/** @param radius pixels; more than half of a side is a full round there as well. */
const roundedBox = (radius: number, { width, height }: GraphNode['box']): string =>
  `${library}.forms.rrect;rSize=${Math.round(Math.min(radius, width / 2, height / 2))};`;

/** draw.io keeps words this far from every side by itself, in pixels. */
const ownSpacing = 2;

/** A box with lines on some sides. */
const partial = (sides: readonly BoxSide[]): string =>
  `shape=partialRectangle;${boxSides.map((side) => `${side}=${sides.includes(side) ? 1 : 0};`).join('')}`;

/** Words that these shapes write by themselves are left empty: those of the cell are shown. */
const noOwnWords = 'mainText=;';

/** @returns the first keys of a style, without colours of fill, line and words; undefined where no such shape fits. */
export function mockupStyle(node: GraphNode): string | undefined {
  const { mockup, box, fill, stroke, textColor, align } = node;
  if (mockup === undefined || node.image !== undefined) return undefined;
  const { part, on = false, radius = 0, sides } = mockup;
  if (sides !== undefined && ['panel', 'field'].includes(part)) return `${partial(sides)}spacingLeft=6;`;
  const ink = toHex(textColor ?? stroke ?? [102, 102, 102]);
  switch (part) {
    case 'table':
      // Its cells have the lines, so that a table may have some of them only.
      return 'shape=table;startSize=0;childLayout=tableLayout;fixedRows=1;rowLines=0;columnLines=0;resizeLast=1;';
    case 'row':
      return 'shape=tableRow;horizontal=0;startSize=0;swimlaneHead=0;swimlaneBody=0;dropTarget=0;points=[[0,0.5],[1,0.5]];portConstraint=eastwest;top=0;left=0;right=0;bottom=0;';
    case 'cell': {
      const inset = Math.max(0, Math.round((mockup.inset ?? 0) - ownSpacing));
      const spacing = align === 'right' ? `spacingRight=${inset};` : `spacingLeft=${inset};`;
      return `${partial(sides ?? [])}connectable=0;overflow=hidden;${align === 'center' ? '' : spacing}`;
    }
    case 'progress':
      return `${library}.misc.progressBar;fillColor2=${toHex(mockup.bar ?? [136, 136, 136])};barPos=${Math.round(100 * (mockup.share ?? 0))};`;
    case 'panel':
      return roundedBox(radius, box).replace('forms.', 'containers.');
    case 'button': {
      const fits =
        Math.min(box.width, box.height) >= 2 * buttonRadius && Math.abs(radius - buttonRadius) <= 4;
      return fits ? `${library}.buttons.button;${noOwnWords}buttonStyle=round;` : roundedBox(radius, box);
    }
    case 'field':
      return `${roundedBox(radius, box)}spacingLeft=6;`;
    case 'search':
      return `${library}.forms.searchBox;${noOwnWords}strokeColor2=${ink};spacingLeft=3;spacingRight=20;`;
    case 'select':
      // Its combo box is white, whatever its fill.
      return isPale(fill) && box.width >= leastCombo
        ? `${library}.forms.comboBox;${noOwnWords}fillColor2=#888888;spacingLeft=4;spacingRight=30;`
        : undefined;
    case 'checkbox':
      // Its checkbox is always checked.
      return on ? `${library}.forms.checkbox;` : roundedBox(radius, box);
    case 'radio':
      return on ? 'ellipse;shape=endState;' : 'ellipse;';
    case 'switch':
      return `${library}.buttons.onOffButton;mainText=,;buttonState=${on ? 'on' : 'off'};fillColor2=${toHex(fill ?? [136, 136, 136])};`;
    case 'avatar':
      return `${library}.containers.userMale;strokeColor2=${ink};verticalLabelPosition=bottom;`;
    case 'video':
      return box.width >= 220 && box.height >= 80
        ? `${library}.containers.videoPlayer;barHeight=30;barPos=20;strokeColor2=${ink};strokeColor3=${ink};fillColor2=${ink};verticalLabelPosition=bottom;`
        : undefined;
    case 'map':
      return `${library}.graphics.simpleIcon;verticalLabelPosition=bottom;`;
  }
}

/** Fill and line where a mockup shape means another part by them than the whole. */
export function mockupColours({
  mockup,
  fill,
  stroke,
}: GraphNode): Partial<Pick<GraphNode, 'fill' | 'stroke'>> {
  const grey: [number, number, number] = [136, 136, 136];
  // The button with its arrow, whose colour would else run into another one.
  if (mockup?.part === 'select') return { fill: grey };
  if (mockup?.part === 'switch') return { fill: [255, 255, 255], stroke: stroke ?? fill ?? grey };
  if (mockup?.part === 'radio' && mockup.on === true) return { fill: stroke ?? grey };
  return {};
}
