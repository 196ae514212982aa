/** What stands at the ends of lines, as paths. */
import type { EdgeHead, GraphPoint } from '../../shared/diagram-graph.ts';
import type { ScenePath } from './scene.ts';
import type { Style } from './style.ts';

/** @param tip where the line meets the node. @param before the point that the line comes from. */
export function headPaths(head: EdgeHead, tip: GraphPoint, before: GraphPoint, style: Style): ScenePath[] {
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [ux, uy] = [(tip.x - before.x) / length, (tip.y - before.y) / length];
  const size = 7 + 1.6 * style.edgeWidth;
  /** A point `back` behind the tip and `side` beside the line, in units of the head's size. */
  const at = (back: number, side: number): string =>
    `${(tip.x - ux * back * size - uy * side * size).toFixed(2)} ${(tip.y - uy * back * size + ux * side * size).toFixed(2)}`;
  const line = { stroke: style.edgeColor, width: style.edgeWidth };
  const full = { ...line, fill: style.edgeColor };
  const hollow = { ...line, fill: style.background };
  const ring = (back: number, paint: ScenePath | typeof full): ScenePath => {
    const points = Array.from({ length: 16 }, (_, i) =>
      at(back + 0.4 * Math.cos((i / 8) * Math.PI), 0.4 * Math.sin((i / 8) * Math.PI)),
    );
    return { ...paint, d: `M${points.join(' L')} Z`, width: style.edgeWidth };
  };
  const bar = (back: number): ScenePath => ({ ...line, d: `M${at(back, -0.6)} L${at(back, 0.6)}` });
  const foot: ScenePath = { ...line, d: `M${at(1.2, 0)} L${at(0, -0.6)} M${at(1.2, 0)} L${at(0, 0.6)}` };
  switch (head) {
    case 'arrow':
      return [{ ...full, d: `M${at(0, 0)} L${at(1.1, -0.45)} L${at(1.1, 0.45)} Z` }];
    case 'open':
      return [{ ...line, d: `M${at(1.1, -0.5)} L${at(0, 0)} L${at(1.1, 0.5)}`, fill: 'none' }];
    case 'triangle':
      return [{ ...hollow, d: `M${at(0, 0)} L${at(1.6, -0.8)} L${at(1.6, 0.8)} Z` }];
    case 'diamond':
    case 'diamond-filled':
      return [
        {
          ...(head === 'diamond' ? hollow : full),
          d: `M${at(0, 0)} L${at(1.1, -0.55)} L${at(2.2, 0)} L${at(1.1, 0.55)} Z`,
        },
      ];
    case 'circle':
      return [ring(0.4, hollow)];
    case 'circle-filled':
      return [ring(0.4, full)];
    case 'one':
      return [bar(0.9)];
    case 'many':
      return [foot];
    case 'one-or-many':
      return [foot, bar(1.5)];
    case 'zero-or-many':
      return [foot, ring(1.6, hollow)];
    case 'zero-or-one':
      return [bar(0.6), ring(1.3, hollow)];
    case 'cross':
      return [{ ...line, d: `M${at(0.3, -0.5)} L${at(1.3, 0.5)} M${at(0.3, 0.5)} L${at(1.3, -0.5)}` }];
    case 'none':
      return [];
  }
}
