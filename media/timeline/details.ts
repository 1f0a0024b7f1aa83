import type { Range } from '../../common/span.ts';
import type { TimelineDocument } from '../../common/timeline.ts';
import { button, el } from '../shared/dom.ts';
import { placeName } from '../shared/place.ts';
import { CERTAINTY, SHARED } from '../shared/words.ts';
import type { Item } from './lanes.ts';
import { formatDuration, formatTime } from './scale.ts';
import { DETAILS, MARK_NAMES } from './words.ts';

const LINKS = 40;

export interface DetailActions {
  select(id: string): void;
  zoom(id: string): void;
  reveal(place: Range, uri: string | undefined): void;
}

/** Everything about one state or event: when, how long, why, and what it is connected with. */
export function details(selected: Item, document: TimelineDocument<Range>, items: ReadonlyMap<string, Item>, actions: DetailActions): Node[] {
  const { item, lane } = selected;
  const { place, uri } = item;
  const rows = [...when(selected, document), ...(item.details ?? [])].flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]);
  const links = document.links
    .filter((link) => link.from === item.id || link.to === item.id)
    .slice(0, LINKS)
    .map((link) => {
      const other = link.from === item.id ? link.to : link.from;
      const end = items.get(other);
      const text = DETAILS.link(link.label, end?.item.label ?? other, end?.lane.lane.label ?? '', CERTAINTY[link.certainty]);
      return el(
        'li',
        {},
        button(text, DETAILS.select, () => actions.select(other), { class: 'link' }),
      );
    });
  return [
    el('p', { class: 'muted' }, `${selected.kind === 'mark' ? MARK_NAMES[selected.item.kind] : DETAILS.state} · ${lane.lane.label}`),
    el('h2', {}, item.label),
    el('p', {}, item.description),
    el(
      'div',
      { class: 'actions' },
      place !== undefined && button(SHARED.goTo(placeName(place)), DETAILS.inText, () => actions.reveal(place, uri), { class: 'primary' }),
      button(SHARED.zoom, DETAILS.fill, () => actions.zoom(item.id), { class: 'quiet' }),
    ),
    el('dl', {}, ...rows),
    ...(links.length > 0 ? [el('h3', {}, DETAILS.connected), el('ul', {}, ...links)] : []),
  ];
}

function when(selected: Item, { clock, to }: TimelineDocument<Range>): [string, string][] {
  if (selected.kind === 'mark') return [[DETAILS.at, formatTime(selected.item.at, clock, 0, true)]];
  const { item } = selected;
  return [
    [DETAILS.from, item.open ? DETAILS.before : formatTime(item.from, clock, 0, true)],
    [DETAILS.to, item.to === null ? DETAILS.past : formatTime(item.to, clock, 0, true)],
    [DETAILS.lasted, formatDuration((item.to ?? to) - item.from, clock)],
  ];
}
