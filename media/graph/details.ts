import { badgesOf } from '../../common/drawing/card.ts';
import type { GraphDocument, GraphEdge, GraphGroup, GraphNode } from '../../common/graph.ts';
import type { Range } from '../../common/span.ts';
import type { VertexLead } from '../../common/webview.ts';
import { button, el } from '../shared/dom.ts';
import { placeName } from '../shared/place.ts';
import { SHARED } from '../shared/words.ts';
import { DETAILS, EDGES, GROUP_KINDS, KINDS, type Links } from './words.ts';

const LISTED = 60;

export interface DetailActions {
  select(id: string): void;
  reveal(place: Range, uri: string | undefined): void;
  neighbours(id: string): void;
  upstream(id: string): void;
  downstream(id: string): void;
  pathFrom(id: string): void;
  toggle(id: string): void;
  /** Of a running job: where a vertex leads to. */
  lead?(vertex: string, lead: VertexLead): void;
}

/** `closed`: the node stands for a group or a stack that can be opened. */
export type Selected = { node: GraphNode<Range>; closed: boolean } | { group: GraphGroup<Range>; inside: number } | { edge: GraphEdge<Range> };

const paragraph = (text: string) => el('p', {}, text);

function table(details: readonly [string, string][] | undefined): HTMLElement | undefined {
  if (details === undefined || details.length === 0) return undefined;
  const list = el('dl');
  for (const [name, value] of details) list.append(el('dt', {}, name), el('dd', {}, value));
  return list;
}

function edgeList(
  title: string,
  edges: readonly GraphEdge<Range>[],
  end: 'from' | 'to',
  names: ReadonlyMap<string, string>,
  actions: DetailActions,
): Node[] {
  if (edges.length === 0) return [];
  const items = edges.slice(0, LISTED).map((edge) => {
    const words = EDGES[edge.kind][end === 'to' ? 'out' : 'in'];
    const item = button('', edge.description, () => actions.select(edge[end]), { class: 'link' });
    item.append(el('span', { class: 'muted' }, `${words} `), names.get(edge[end]) ?? edge[end], edge.label === undefined ? '' : ` · ${edge.label}`);
    return el('li', {}, item);
  });
  if (edges.length > LISTED) items.push(el('li', { class: 'muted' }, SHARED.more(edges.length - LISTED)));
  return [el('h3', {}, title), el('ul', {}, ...items)];
}

function revealButton(item: { place?: Range; uri?: string }, actions: DetailActions): HTMLElement | undefined {
  const { place, uri } = item;
  return place === undefined
    ? undefined
    : button(SHARED.goTo(placeName(place)), DETAILS.inText, () => actions.reveal(place, uri), {
        class: 'primary',
      });
}

const LEADS: readonly [VertexLead, string, string][] = [
  ['threads', DETAILS.threads, DETAILS.threadsTitle],
  ['log', DETAILS.log, DETAILS.logTitle],
  ['checkpoint', DETAILS.checkpoint, DETAILS.checkpointTitle],
];

function leads({ vertex }: GraphNode<Range>, { lead }: DetailActions): Node[] {
  if (vertex === undefined || lead === undefined) return [];
  return [
    el('div', { class: 'actions' }, ...LEADS.map(([what, label, title]) => button(label, title, () => lead(vertex, what), { class: 'quiet' }))),
  ];
}

/** Everything about what is selected: facts, neighbours and what can be done with it. */
export function details(
  selected: Selected,
  graph: GraphDocument<Range>,
  links: ReadonlyMap<string, Links<Range>>,
  names: ReadonlyMap<string, string>,
  actions: DetailActions,
): Node[] {
  const act = (...buttons: (HTMLElement | undefined)[]) => el('div', { class: 'actions' }, ...buttons);
  if ('edge' in selected) {
    const { edge } = selected;
    const end = (id: string) =>
      el(
        'li',
        {},
        button(names.get(id) ?? id, DETAILS.select, () => actions.select(id), { class: 'link' }),
      );
    return [
      el('p', { class: 'muted' }, DETAILS.edge(EDGES[edge.kind].out)),
      el('h2', {}, edge.label ?? EDGES[edge.kind].out),
      paragraph(edge.description),
      act(revealButton(edge, actions)),
      ...[table(edge.details)].filter((one) => one !== undefined),
      el('h3', {}, DETAILS.from),
      el('ul', {}, end(edge.from)),
      el('h3', {}, DETAILS.to),
      el('ul', {}, end(edge.to)),
    ];
  }
  if ('group' in selected) {
    const { group, inside } = selected;
    return [
      el('p', { class: 'muted' }, `${GROUP_KINDS[group.kind]}${group.level === undefined ? '' : ` · ${DETAILS.level(group.level)}`}`),
      el('h2', {}, group.label),
      paragraph(group.description),
      paragraph(DETAILS.inside(inside)),
      act(
        revealButton(group, actions),
        button(DETAILS.close, DETAILS.closeTitle, () => actions.toggle(group.id), { class: 'quiet' }),
        button(DETAILS.only, DETAILS.onlyTitle, () => actions.neighbours(group.id), { class: 'quiet' }),
      ),
    ];
  }
  const { node } = selected;
  const around = links.get(node.id);
  const badges = badgesOf(node, graph.view);
  const members = node.members ?? [];
  return [
    el('p', { class: 'muted' }, KINDS[node.kind]),
    el('h2', {}, node.label),
    ...(badges.length > 0
      ? [el('p', { class: 'chips' }, ...badges.map((badge) => el('span', { class: `chip tone-${badge.tone}` }, badge.text)))]
      : []),
    ...(node.lines ?? []).map((line) => el('p', { class: 'muted' }, line)),
    paragraph(node.description),
    act(
      revealButton(node, actions),
      selected.closed && graph.nodes.includes(node)
        ? button(DETAILS.open, DETAILS.openTitle, () => actions.toggle(node.id), { class: 'quiet' })
        : undefined,
      button(DETAILS.neighbours, DETAILS.neighboursTitle, () => actions.neighbours(node.id), { class: 'quiet' }),
      button(DETAILS.upstream, DETAILS.upstreamTitle, () => actions.upstream(node.id), { class: 'quiet' }),
      button(DETAILS.downstream, DETAILS.downstreamTitle, () => actions.downstream(node.id), { class: 'quiet' }),
      button(DETAILS.path, DETAILS.pathTitle, () => actions.pathFrom(node.id), { class: 'quiet' }),
    ),
    ...leads(node, actions),
    ...[table([...(node.meters ?? []).map((meter): [string, string] => [meter.label, meter.text]), ...(node.details ?? [])])].filter(
      (one) => one !== undefined,
    ),
    ...edgeList(DETAILS.leadsTo, around?.out ?? [], 'to', names, actions),
    ...edgeList(DETAILS.comesFrom, around?.in ?? [], 'from', names, actions),
    ...(members.length > 0
      ? [
          el('h3', {}, DETAILS.standsFor(node.count ?? members.length)),
          el(
            'ul',
            {},
            ...members.slice(0, LISTED).map((member) => el('li', { class: 'member' }, member)),
            (node.count ?? members.length) > Math.min(LISTED, members.length) &&
              el('li', { class: 'muted' }, SHARED.more((node.count ?? members.length) - Math.min(LISTED, members.length))),
          ),
        ]
      : []),
  ];
}
