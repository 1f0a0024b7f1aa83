import type { IcicleDocument } from '../../common/icicle.ts';
import type { Range } from '../../common/span.ts';
import { button, count, el } from '../shared/dom.ts';
import { placeName } from '../shared/place.ts';
import { SHARED } from '../shared/words.ts';
import { percent } from './draw.ts';
import type { Tree, Weighed } from './frameTree.ts';
import { ICICLE, KIND_NAMES } from './words.ts';

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
    el('p', { class: 'muted' }, ICICLE.frame(KIND_NAMES[node.kind])),
    el('h2', {}, node.label),
    el('p', {}, node.description),
    el(
      'dl',
      {},
      el('dt', {}, document.unit),
      el('dd', {}, `${count(frame.count)} (${percent(frame.count, tree.count)})`),
      el('dt', {}, ICICLE.endHere),
      el('dd', {}, count(frame.own)),
      ...document.facets.flatMap((facet, index) => [el('dt', {}, facet.name), el('dd', {}, spread(stacks, index, document))]),
    ),
    el(
      'div',
      { class: 'actions' },
      button(SHARED.zoom, ICICLE.fill, () => actions.zoom(node.id), { class: 'quiet' }),
    ),
    ...list(
      ICICLE.inUnits(document.unit),
      members.slice(0, MEMBERS).map((member) => el('li', {}, member)),
      frame.count,
    ),
    ...list(
      ICICLE.lines,
      places.map((place) =>
        el(
          'li',
          {},
          button(placeName(place), SHARED.inText, () => actions.reveal(place), { class: 'link' }),
        ),
      ),
      frame.count,
    ),
  ];
}

function list(title: string, items: readonly HTMLElement[], of: number): Node[] {
  if (items.length === 0) return [];
  const left = of - items.length;
  return [el('h3', {}, title), el('ul', {}, ...items, left > 0 && el('li', { class: 'muted' }, SHARED.more(left)))];
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
    .map(([value, number]) => `${value || ICICLE.noValue} ${count(number)}`)
    .join(', ');
}
