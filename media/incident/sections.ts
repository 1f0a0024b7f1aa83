import type { Incident, IncidentEvidence, IncidentPlace } from '../../common/incident.ts';
import { el } from '../shared/dom.ts';
import { CERTAINTY, SEVERITY, SHARED } from '../shared/words.ts';
import { INCIDENT, kindText, sideText } from './words.ts';

/** How texts with places become links. */
export interface Links {
  go(at: IncidentPlace, text: string): HTMLElement | string;
  evidence(one: IncidentEvidence): HTMLElement;
  time(time: number): string;
}

/** Findings that are shown at once. */
const SHOWN = 100;

type Cell = Node | string;

const percent = (share: number | null): string => (share === null ? '' : `${Math.round(share * 100)} %`);

function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): HTMLElement {
  const head = el('tr', {}, ...columns.map((column) => el('th', { scope: 'col' }, column)));
  const body = rows.map((row) => el('tr', {}, ...row.map((cell, index) => el(index === 0 ? 'th' : 'td', index === 0 ? { scope: 'row' } : {}, cell))));
  return el('div', { class: 'table' }, el('table', {}, el('thead', {}, head), el('tbody', {}, ...body)));
}

/** Worst subtask → its thread → its last line → the phase of its checkpoint. */
export function vertices({ vertices: all }: Incident, links: Links): HTMLElement {
  const columns = INCIDENT.vertexHead;
  const rows = all.map(({ name, parallelism, busy, backPressured, worst }) => [
    parallelism === null ? name : `${name} (${parallelism})`,
    percent(busy),
    percent(backPressured),
    worst === null ? '' : worst.attempt === null ? String(worst.subtask) : INCIDENT.attempt(worst.subtask, worst.attempt),
    worst?.thread == null ? '' : links.evidence(worst.thread),
    worst?.lastLine == null ? '' : links.evidence(worst.lastLine),
    worst?.checkpoint ?? '',
  ]);
  // A column that says nothing takes room from those that do.
  const used = columns.map((_, index) => index === 0 || rows.some((row) => row[index] !== ''));
  return table(
    columns.filter((_, index) => used[index]),
    rows.map((row) => row.filter((_, index) => used[index])),
  );
}

export function processes({ processes: all }: Incident): HTMLElement {
  return table(
    INCIDENT.processHead,
    all.map(({ name, id, side, clock, sources }) => [
      id === null || id === name ? name : `${name} (${id})`,
      sideText(side),
      clock.aheadMs === null ? INCIDENT.notComparable : INCIDENT.ahead(clock.aheadMs, clock.slackMs),
      sources.join(', '),
    ]),
  );
}

export function coverage({ coverage: { read, readLeft, unread, unreadLeft, missing }, unresolved }: Incident, links: Links): HTMLElement {
  const listed = (title: string, rows: readonly Cell[][], left = 0) =>
    rows.length === 0
      ? []
      : [el('h3', {}, title), el('ul', {}, ...rows.map((row) => el('li', {}, ...row)), left > 0 && el('li', { class: 'muted' }, SHARED.more(left)))];
  return el(
    'div',
    { class: 'coverage' },
    ...listed(
      INCIDENT.missing,
      missing.map(({ what, decides }) => [el('strong', {}, what), ' ', decides]),
    ),
    ...listed(
      INCIDENT.notJoined,
      unresolved.map(({ what, why }) => [el('strong', {}, what), ' ', why]),
    ),
    ...listed(
      INCIDENT.notRead,
      unread.map(({ source, why }) => [el('strong', {}, source), INCIDENT.why, why]),
      unreadLeft,
    ),
    el('h3', {}, INCIDENT.read(read.length + readLeft)),
    table(
      INCIDENT.readHead,
      read.map(({ source, kind, dialect, findings: found }) => [links.go({ source, line: 0 }, source), kindText(kind), dialect, String(found)]),
    ),
  );
}

/** By cause, with a filter where there are many. */
export function findings({ findings: all, findingsLeft }: Incident, links: Links): HTMLElement {
  const list = el('ul', { class: 'findings' });
  const more = el('p', { class: 'muted', 'aria-live': 'polite' });
  const show = (query: string): void => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter(({ message, code, severity }) =>
      words.every((word) => `${severity} ${SEVERITY[severity]} ${code} ${message}`.toLowerCase().includes(word)),
    );
    list.replaceChildren(
      ...found
        .slice(0, SHOWN)
        .map(({ severity, certainty, message, at, more: left }) =>
          el(
            'li',
            {},
            el('span', { class: `chip severity-${severity}` }, SEVERITY[severity]),
            certainty === 'proved' ? ' ' : el('span', { class: 'muted' }, INCIDENT.certain(CERTAINTY[certainty])),
            message,
            ' ',
            ...at.flatMap((place) => [links.go(place, `${place.source}:${place.line + 1}`), ' ']),
            left > 0 ? el('span', { class: 'muted' }, SHARED.more(left)) : '',
          ),
        ),
    );
    const hidden = Math.max(0, found.length - SHOWN) + (words.length === 0 ? findingsLeft : 0);
    more.textContent = found.length === 0 ? INCIDENT.noFinding : hidden > 0 ? INCIDENT.notShown(hidden) : '';
  };
  const filter = el('input', { type: 'search', placeholder: INCIDENT.filter, 'aria-label': INCIDENT.filter, spellcheck: 'false' });
  filter.addEventListener('input', () => show(filter.value));
  show('');
  return el('div', {}, all.length > 8 && filter, list, more);
}
