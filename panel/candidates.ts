/** The list of pages to choose from, with how much each looks like the picture. */
import type { PanelCandidate } from '../shared/panel-protocol.ts';
import { byId, make, radios } from './dom.ts';
import { text, told } from './texts.ts';

const percent = (share: number): string => (100 * Math.max(0, share)).toFixed(1);

export function showCandidates(
  candidates: readonly PanelCandidate[],
  isFinal: boolean,
  onChoose: (name: string) => void,
): void {
  byId('candidates-section', HTMLElement).hidden = candidates.length === 0;
  const options = candidates.map((candidate) => ({
    value: candidate.name,
    checked: candidate.shown,
    content: contentOf(candidate, isFinal),
  }));
  radios(byId('candidates', HTMLFieldSetElement), options, onChoose);
}

function contentOf(
  { name, label, best, score, noBrowser, changes }: PanelCandidate,
  isFinal: boolean,
): Node[] {
  const tag = !isFinal ? text('draft') : best ? text('best') : '';
  const title = told(name);
  const words = make('span', { textContent: `${title.charAt(0).toUpperCase()}${title.slice(1)}` });
  const details = [told(label)];
  const nodes: Node[] = [words, make('span', { className: 'tag', textContent: tag })];
  if (score !== undefined) {
    const both = (score.words + score.pixels) / 2;
    const meter = make('meter', { min: 0, max: 1, value: Math.max(0, both) });
    meter.setAttribute('aria-hidden', 'true');
    nodes.push(meter);
    details.push(text('score', percent(both), percent(score.words), percent(score.pixels)));
  } else if (noBrowser === true) details.push(text('unscored'));
  if (changes > 0) details.push(changes === 1 ? text('changedOnce') : text('changedTimes', changes));
  return [...nodes, ...details.map((textContent) => make('small', { textContent }))];
}
