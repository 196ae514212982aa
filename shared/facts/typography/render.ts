/** Renders text with Skia, as a Chromium on this machine would, and measures it. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { LineImage } from '../recogniser/line-image.ts';
import type { Face } from './faces.ts';
import { type InkMeasure, measureInk } from './ink-measure.ts';

/** Ink of a text per pixel of font size. */
export interface LinearMetrics {
  readonly width: number;
  readonly height: number;
}

export interface TextRenderer {
  /** Unhinted, from a large size; Chromium's widths are linear too. */
  metrics(face: Face, text: string): LinearMetrics;
  /** @param size and `spacing` (between letters) in device pixels. @returns undefined where nothing is drawn. */
  draw(face: Face, size: number, text: string, spacing?: number): InkMeasure | undefined;
  /** The same as a picture, with blank pixels around the ink. */
  image(face: Face, size: number, text: string, spacing?: number): LineImage;
  /** Advance width per pixel of font size, blank ends included. */
  advance(face: Face, text: string): number;
}

/** Large enough that hinting does not show. */
const metricsSize = 200;
const padding = 4;

/**
 * Ink by the canvas's grey level. Chromium darkens the edges of glyphs, the canvas does not: with the power 0.6
 * the two agree in coverage within 3 % for 11–40 px, regular and bold, dark on light and light on dark.
 */
const chromiumInk = Uint8Array.from({ length: 256 }, (_, level) =>
  Math.round(255 * ((255 - level) / 255) ** 0.6),
);

export function createTextRenderer(): TextRenderer {
  let canvas = createCanvas(1024, 128);
  let context = canvas.getContext('2d');
  const known = new Map<string, LinearMetrics>();

  function metrics(face: Face, text: string): LinearMetrics {
    const key = `${fontOf(face, metricsSize)}\n${text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const box = extent(context, face, metricsSize, text);
    const fresh = { width: box.width / metricsSize, height: (box.above + box.below) / metricsSize };
    known.set(key, fresh);
    return fresh;
  }

  function advance(face: Face, text: string): number {
    context.font = fontOf(face, metricsSize);
    return context.measureText(text).width / metricsSize;
  }

  function draw(face: Face, size: number, text: string, spacing = 0): InkMeasure | undefined {
    return measureInk(image(face, size, text, spacing));
  }

  function image(face: Face, size: number, text: string, spacing = 0): LineImage {
    context.letterSpacing = `${spacing}px`;
    const box = extent(context, face, size, text);
    const width = Math.ceil(box.width) + 2 * padding;
    const height = Math.ceil(box.above + box.below) + 2 * padding;
    if (width > canvas.width || height > canvas.height) {
      canvas = createCanvas(Math.max(width, canvas.width), Math.max(height, canvas.height));
      context = canvas.getContext('2d');
      context.letterSpacing = `${spacing}px`;
    }
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#000';
    context.font = fontOf(face, size);
    context.fillText(text, padding + box.left, padding + Math.ceil(box.above));
    context.letterSpacing = '0px';
    const { data } = context.getImageData(0, 0, width, height);
    const ink = new Uint8Array(width * height);
    for (let index = 0; index < ink.length; index += 1)
      ink[index] = chromiumInk[data[index * 4 + 1] ?? 255] ?? 0;
    return { ink, width, height };
  }

  return { metrics, draw, image, advance };
}

interface Extent {
  /** From the pen's start to the leftmost ink, leftwards. */
  readonly left: number;
  readonly width: number;
  readonly above: number;
  readonly below: number;
}

function extent(context: SKRSContext2D, face: Face, size: number, text: string): Extent {
  context.font = fontOf(face, size);
  const box = context.measureText(text);
  const left = box.actualBoundingBoxLeft;
  return {
    left,
    width: left + box.actualBoundingBoxRight,
    above: box.actualBoundingBoxAscent,
    below: box.actualBoundingBoxDescent,
  };
}

function fontOf(face: Face, size: number): string {
  return `${face.italic ? 'italic ' : ''}${face.weight} ${size}px "${face.family.name}"`;
}
