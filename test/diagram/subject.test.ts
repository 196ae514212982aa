/** Whether a picture is taken for a screen or for a diagram, from what was measured. */
import { expect, it } from 'vitest';
import type { DiagramFacts } from '../../shared/facts/diagram/diagram-facts.ts';
import { likelihoodOf } from '../../shared/facts/diagram/facts.ts';
import { leastLikelihood } from '../../shared/run/convert-diagram.ts';

type Facts = Pick<DiagramFacts, 'outlines' | 'connectors' | 'texts'>;

const box = { x: 0, y: 0, width: 100, height: 40 };
const words = (text: string): DiagramFacts['texts'][number] => ({
  text,
  box,
  color: [0, 0, 0],
  fontSize: 14,
  bold: false,
  confidence: 0.9,
});

/** Four boxes in a row with arrows between them, whose words are those before `beside`. */
const row = (inside: readonly string[], beside: readonly string[] = []): Facts => ({
  outlines: inside.map((_, index) => ({
    shape: 'rectangle',
    box,
    strokeWidth: 1,
    dashed: false,
    rules: [],
    tracks: [],
    texts: [index],
    confidence: 0.9,
  })),
  connectors: inside.slice(1).map((_, index) => ({
    points: [
      { x: 0, y: 0 },
      { x: 50, y: 0 },
    ],
    line: 'straight',
    from: index,
    to: index + 1,
    fromHead: 'none',
    toHead: 'arrow',
    dashed: false,
    stroke: [0, 0, 0],
    strokeWidth: 1,
    texts: [],
    fromTexts: [],
    toTexts: [],
    confidence: 0.8,
  })),
  texts: [...inside, ...beside].map(words),
});

const labels = ['Order', 'Check stock', 'Pack', 'Ship'];
const article = Array.from({ length: 12 }, () => 'a line of an article that stands beside all boxes');

it('shapes that are joined and hold the words are a diagram', () => {
  expect(likelihoodOf(row(labels))).toBeGreaterThan(0.8);
  expect(likelihoodOf(row(labels, ['How an order is shipped']))).toBeGreaterThan(0.8);
});

it('a few joined boxes beside a page of words are a screen', () => {
  expect(likelihoodOf(row(labels, article))).toBeLessThan(leastLikelihood);
});

it('few words, or none that were read, decide nothing', () => {
  expect(likelihoodOf(row(labels.map(() => '')))).toBeGreaterThan(0.8);
  expect(likelihoodOf(row(['', '', '', ''], ['Overview']))).toBeGreaterThan(leastLikelihood);
});

it('boxes that nothing joins are a screen', () => {
  expect(likelihoodOf({ ...row(labels), connectors: [] })).toBeLessThan(leastLikelihood);
});
