import type { IcicleDocument } from '../../common/icicle.ts';
import type { Range } from '../../common/span.ts';
import { button, count, el } from '../shared/dom.ts';
import { placeName } from '../shared/place.ts';
import { KIND_NAMES, percent } from './draw.ts';
import type { Tree, Weighed } from './frameTree.ts';

const MEMBERS = 40;
const PLACES = 40;
/** Values of a facet that are named with their numbers. */
const VALUES = 4;

export interface DetailActions {
  zoom(id: string): void;
  reveal(place: Range): void;
}

/** Everything about one frame: how many stacks, of what kind, whose, and where in the text. */
export function details(frame: Weighed, document: IcicleDocument<Range>, tree: Tree, passes: readonly boolean[], actions: DetailActions): Node[] {
  const { node } = frame;
  const stacks = through(frame, passes);
  const members = stacks.flatMap((index) => document.stacks[index]?.members ?? []);
  const places = node.places.slice(0, PLACES);
  return [
    el('p', { class: 'muted' }, `${KIND_NAMES[node.kind]} frame`),
    el('h2', {}, node.label),
    el('p', {}, node.description),
    el(
      'dl',
      {},
      el('dt', {}, document.unit),
      el('dd', {}, `${count(frame.count)} (${percent(frame.count, tree.count)})`),
      el('dt', {}, 'end here'),
      el('dd', {}, count(frame.own)),
      ...document.facets.flatMap((facet, index) => [el('dt', {}, facet.name), el('dd', {}, spread(stacks, index, document))]),
    ),
    el(
      'div',
      { class: 'actions' },
      button('Zoom', 'Make this frame fill the width (Z)', () => actions.zoom(node.id), { class: 'quiet' }),
    ),
    ...list(
      `In ${document.unit}`,
      members.slice(0, MEMBERS).map((member) => el('li', {}, member)),
      frame.count,
    ),
    ...list(
      'Lines',
      places.map((place) =>
        el(
          'li',
          {},
          button(placeName(place), 'Show in the text', () => actions.reveal(place), { class: 'link' }),
        ),
      ),
      frame.count,
    ),
  ];
}

function list(title: string, items: readonly HTMLElement[], of: number): Node[] {
  if (items.length === 0) return [];
  const left = of - items.length;
  return [el('h3', {}, title), el('ul', {}, ...items, left > 0 && el('li', { class: 'muted' }, `and ${count(left)} more`))];
}

/** Indices of the passing stacks through a frame. */
function through(frame: Weighed, passes: readonly boolean[]): number[] {
  const indices: number[] = [];
  const visit = [frame];
  for (let at = visit.pop(); at !== undefined; at = visit.pop()) {
    indices.push(...at.node.ends.filter((index) => passes[index]));
    visit.push(...at.children);
  }
  return indices;
}

function spread(stacks: readonly number[], facet: number, document: IcicleDocument<Range>): string {
  const counts = new Map<string, number>();
  for (const index of stacks) {
    const stack = document.stacks[index];
    const value = stack?.values[facet] ?? '';
    counts.set(value, (counts.get(value) ?? 0) + (stack?.count ?? 0));
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, VALUES)
    .map(([value, number]) => `${value || 'none'} ${count(number)}`)
    .join(', ');
}
