/** Parts of a screen as SVG: the marks in them, drawn plainly. */
import type { BoxSide, GraphNode } from '../../../diagram-graph.ts';
import { toHex } from '../../../geometry.ts';
import { element, type XmlElement } from '../xml.ts';

type Attributes = XmlElement['attributes'];

/** A node whose part of a screen is known, without its words; undefined for all others. @param style of its outline. */
export function mockupOf(node: GraphNode, style: Attributes): XmlElement[] | undefined {
  const { mockup, box, image } = node;
  if (mockup === undefined || image !== undefined) return undefined;
  const { x, y, width, height } = box;
  const on = mockup.on === true;
  const middle = { x: x + width / 2, y: y + height / 2 };
  const ink = toHex(node.textColor ?? node.stroke ?? [102, 102, 102]);
  const line = { fill: 'none', stroke: ink, 'stroke-width': 1.5 };
  const rounded = (radius: number): XmlElement =>
    element('rect', { x, y, width, height, rx: Math.min(radius, width / 2, height / 2), ...style });
  const body = rounded(mockup.radius ?? 0);
  const stroke = (d: string): XmlElement => element('path', { d, ...line });
  const { sides } = mockup;
  if (sides !== undefined && ['panel', 'field', 'cell'].includes(mockup.part)) {
    const ways: Record<BoxSide, string> = {
      top: `M ${x} ${y} h ${width}`,
      right: `M ${x + width} ${y} v ${height}`,
      bottom: `M ${x} ${y + height} h ${width}`,
      left: `M ${x} ${y} v ${height}`,
    };
    const d = sides.map((side) => ways[side]).join(' ');
    const lines = { d, fill: 'none', stroke: style['stroke'], 'stroke-width': style['stroke-width'] };
    return [
      element('rect', { x, y, width, height, ...style, stroke: 'none' }),
      ...(d === '' ? [] : [element('path', lines)]),
    ];
  }
  switch (mockup.part) {
    case 'progress': {
      const bar = {
        x,
        y,
        height,
        width: width * (mockup.share ?? 0),
        rx: height / 2,
        fill: toHex(mockup.bar ?? [136, 136, 136]),
      };
      return [rounded(height / 2), element('rect', bar)];
    }
    case 'table':
    case 'row':
    case 'cell':
    case 'panel':
    case 'button':
    case 'field':
      return [body];
    case 'search': {
      const lens = { cx: x + width - 12, cy: middle.y - 2, r: 4.5 };
      return [body, element('circle', { ...lens, ...line }), stroke(`M ${lens.cx + 3} ${lens.cy + 3} l 4 4`)];
    }
    case 'select':
      return [body, stroke(`M ${x + width - 17} ${middle.y - 2} l 5 5 l 5 -5`)];
    case 'checkbox': {
      const tick = `M ${x + width * 0.22} ${y + height * 0.55} l ${width * 0.2} ${height * 0.2} l ${width * 0.38} ${-height * 0.48}`;
      return on ? [body, stroke(tick)] : [body];
    }
    case 'radio': {
      const radius = Math.min(width, height) / 2;
      const at = { cx: middle.x, cy: middle.y };
      const dot = element('circle', { ...at, r: radius / 2, fill: ink });
      return [element('circle', { ...at, r: radius, ...style }), ...(on ? [dot] : [])];
    }
    case 'switch': {
      const r = Math.max(0, Math.min(width, height) / 2 - 2);
      const cx = on ? x + width - r - 2 : x + r + 2;
      const knob = { cx, cy: middle.y, r, fill: '#ffffff', stroke: style['stroke'] };
      return [rounded(height / 2), element('circle', knob)];
    }
    case 'avatar': {
      const r = Math.min(width, height);
      const shoulders = `M ${middle.x - r * 0.32} ${middle.y + r * 0.4} a ${r * 0.32} ${r * 0.3} 0 0 1 ${r * 0.64} 0`;
      const head = { cx: middle.x, cy: middle.y - r * 0.13, r: r * 0.18 };
      return [body, element('circle', { ...head, ...line }), stroke(shoulders)];
    }
    case 'video': {
      const r = Math.min(width, height) / 6;
      return [body, stroke(`M ${middle.x - r} ${middle.y - r} l ${r * 2} ${r} l ${-r * 2} ${r} Z`)];
    }
    case 'map': {
      const r = Math.min(width, height) / 8;
      const pin = `M ${middle.x} ${middle.y + r * 2} l ${-r} ${-r * 2} a ${r} ${r} 0 1 1 ${r * 2} 0 Z`;
      return [body, stroke(pin)];
    }
  }
}
