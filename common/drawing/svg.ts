import type { GraphDocument, GraphEdge, GraphGroup, GraphNode } from '../graph.ts';
import { escapeXml } from '../xml.ts';
import { BADGE_HEIGHT, type Card, EDGE_LABEL, isLock, SLANT, SMALL, TITLE } from './card.ts';
import { type Box, type Drawing, edgeLabel, GROUP_TITLE, type Point } from './elk.ts';
import { ICONS } from './icons.ts';
import { type Measure, shorten, tableMeasure } from './measure.ts';
import { EDGE_STYLE, type Palette, shapeCss } from './theme.ts';
import { DRAWING, FOLDED } from './words.ts';

/** The one definition of how a graph looks: the page, the exports and the command line all draw with it. */

const n = (value: number) => String(Math.round(value * 10) / 10);

const text = (className: string, x: number, y: number, content: string, anchor = '') =>
  `<text class="${className}" x="${n(x)}" y="${n(y)}"${anchor === '' ? '' : ` text-anchor="${anchor}"`}>${escapeXml(content)}</text>`;

/** Outline of a node in a box at (x, y), grown by `by` px on every side. */
function outline(className: string, kind: GraphNode<unknown>['kind'], width: number, height: number, by = 0): string {
  const [x, y, w, h] = [-by, -by, width + 2 * by, height + 2 * by];
  if (isLock(kind)) {
    const s = Math.min(SLANT, h / 2);
    return `<path class="${className}" d="M${n(x + s)} ${n(y)}H${n(x + w - s)}L${n(x + w)} ${n(y + s)}V${n(y + h - s)}L${n(x + w - s)} ${n(y + h)}H${n(x + s)}L${n(x)} ${n(y + h - s)}V${n(y + s)}Z"/>`;
  }
  const radius = kind === 'source' || kind === 'sink' ? Math.min(18, h / 2) : kind === 'method' || kind === 'exception' ? 3 : 8;
  return `<rect class="${className}" x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${n(radius + by)}"/>`;
}

/** Everything inside a node's own coordinate system. */
export function nodeInner(node: GraphNode<unknown>, geometry: Card, box: Box): string {
  const { width, height } = box;
  const parts: string[] = [];
  if (node.kind === 'aggregate') {
    parts.push(
      `<rect class="behind" x="6" y="6" width="${n(width)}" height="${n(height)}" rx="8"/><rect class="behind" x="3" y="3" width="${n(width)}" height="${n(height)}" rx="8"/>`,
    );
  }
  parts.push(outline('shape', node.kind, width, height));
  if (node.emphasis === 'victim') parts.push(outline('hatch', node.kind, width, height));
  if (node.emphasis === 'cycle' || node.emphasis === 'critical') parts.push(outline('ring', node.kind, width, height, 4));
  parts.push(`<path class="icon" transform="translate(${n(geometry.title.x - 22)} ${n(geometry.title.y - 12.5)})" d="${ICONS[node.kind]}"/>`);
  parts.push(text('title', geometry.title.x, geometry.title.y, geometry.title.text));
  for (const line of geometry.lines) parts.push(text('more', line.x, line.y, line.text));
  for (const badge of geometry.badges) {
    parts.push(
      `<g class="t-${badge.tone}"><rect class="pill" x="${n(badge.x)}" y="${n(badge.y)}" width="${n(badge.width)}" height="${BADGE_HEIGHT}" rx="${BADGE_HEIGHT / 2}"/>${text('pill-text', badge.x + badge.width / 2, badge.y + 12, badge.text, 'middle')}</g>`,
    );
  }
  for (const { meter, x, y, width: room } of geometry.meters) {
    const value = Math.max(0, Math.min(1, meter.value));
    parts.push(
      `<g class="t-${meter.tone}">${text('meter-text', 12, y + 10, meter.label)}<rect class="track" x="${n(x)}" y="${n(y + 3)}" width="${n(room)}" height="8" rx="4"/>${value > 0 ? `<rect class="bar" x="${n(x)}" y="${n(y + 3)}" width="${n(Math.max(4, room * value))}" height="8" rx="4"/>` : ''}${text('meter-text', width - 12, y + 10, meter.text, 'end')}</g>`,
    );
  }
  return parts.join('');
}

const classes = (item: { emphasis?: string | undefined }, ...more: string[]) =>
  [...more, ...(item.emphasis === undefined ? [] : [`e-${item.emphasis}`])].join(' ');

export function nodeSvg(node: GraphNode<unknown>, geometry: Card, box: Box): string {
  const whole = [node.label, ...(node.lines ?? []), node.description].join('\n');
  return `<g class="${classes(node, 'node', `k-${node.kind}`)}" data-id="${escapeXml(node.id)}" transform="translate(${n(box.x)} ${n(box.y)})"><title>${escapeXml(whole)}</title>${nodeInner(node, geometry, box)}</g>`;
}

export function groupSvg(group: GraphGroup<unknown>, box: Box, measure: Measure): string {
  // Some labels name their level themselves.
  const levelText = group.level === undefined || group.label.includes(FOLDED.level(group.level)) ? '' : FOLDED.level(group.level);
  const levelWidth = levelText === '' ? 0 : measure(levelText, SMALL) + 14;
  const label = shorten(group.label, box.width - levelWidth - 50, TITLE, measure);
  const level =
    levelText === ''
      ? ''
      : `<rect class="level" x="${n(box.width - levelWidth - 10)}" y="8" width="${n(levelWidth)}" height="17" rx="8.5"/>${text('level-text', box.width - levelWidth / 2 - 10, 20, levelText, 'middle')}`;
  return `<g class="${classes(group, 'group', `g-${group.kind}`)}" data-id="${escapeXml(group.id)}" transform="translate(${n(box.x)} ${n(box.y)})"><title>${escapeXml(`${group.label}\n${group.description}`)}</title><rect class="group-box shape-of-group" width="${n(box.width)}" height="${n(box.height)}" rx="12"/>${text('group-title', 30, GROUP_TITLE - 9, label)}<g class="fold"><rect x="6" y="4" width="22" height="24" fill="transparent"/><path class="icon" d="M12 13.5l4 4 4-4"/></g>${level}</g>`;
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

const toward = (from: Point, to: Point, by: number): Point => {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / whole) * by, y: from.y + ((to.y - from.y) / whole) * by };
};

/** The line through the points with rounded corners; a corner takes at most half of its shorter side. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${n(first.x)} ${n(first.y)}`;
  let before = first;
  rest.forEach((point, index) => {
    const after = rest[index + 1];
    if (after === undefined) {
      path += `L${n(point.x)} ${n(point.y)}`;
      return;
    }
    const r = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
    const start = toward(point, before, r);
    const end = toward(point, after, r);
    path += `L${n(start.x)} ${n(start.y)}Q${n(point.x)} ${n(point.y)} ${n(end.x)} ${n(end.y)}`;
    before = point;
  });
  return path;
}

const TIP = 9;

function tip(end: Point, before: Point, open: boolean): string {
  const back = toward(end, before, TIP);
  const [dx, dy] = [(end.x - back.x) / TIP, (end.y - back.y) / TIP];
  const corner = (side: number) => `${n(back.x - dy * side * 4.5)} ${n(back.y + dx * side * 4.5)}`;
  return `<path class="tip${open ? ' open' : ''}" d="M${n(end.x)} ${n(end.y)}L${corner(1)}L${corner(-1)}Z"/>`;
}

export function edgeSvg(edge: GraphEdge<unknown>, route: Drawing['edges'][string], edges: number, measure: Measure): string {
  const style = EDGE_STYLE[edge.kind];
  const { points } = route;
  const [start] = points;
  const end = points.at(-1);
  const before = points.at(-2);
  if (start === undefined || end === undefined || before === undefined) return '';
  const line = [...points.slice(0, -1), toward(end, before, TIP - 1)];
  const dash = style.dash === '' ? '' : ` stroke-dasharray="${style.dash}"`;
  const label = edgeLabel(edge.label, edges, measure);
  const box = route.label;
  const labelled =
    label === undefined || box === undefined
      ? ''
      : `<rect class="label-box" x="${n(box.x)}" y="${n(box.y)}" width="${n(box.width)}" height="${n(box.height)}" rx="8"/>${text('label', box.x + box.width / 2, box.y + 12, label, 'middle')}`;
  const d = roundedPath(line, style.round);
  return `<g class="${classes(edge, 'edge', `l-${edge.kind}`)}" data-edge="${escapeXml(edge.id)}"><title>${escapeXml(edge.description)}</title><path class="hit" d="${d}" fill="none" stroke="none" stroke-width="12" pointer-events="stroke"/><path class="line" d="${d}" stroke-width="${style.width}"${dash}/>${style.tail ? `<circle class="tip" cx="${n(start.x)}" cy="${n(start.y)}" r="2.6"/>` : ''}${tip(end, before, style.head === 'open')}${labelled}</g>`;
}

/** Patterns that the shapes refer to. */
export const DEFS =
  '<defs><pattern id="lj-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch-line" d="M0 0V7"/></pattern></defs>';

/** Groups, then edges, then nodes, so that a line never hides a card. */
export function layers(graph: GraphDocument<unknown>, drawing: Drawing, cards: ReadonlyMap<string, Card>, measure: Measure = tableMeasure) {
  const groups = graph.groups
    .map((group) => ({ group, box: drawing.groups[group.id] }))
    .sort((a, b) => (a.box?.depth ?? 0) - (b.box?.depth ?? 0))
    .map(({ group, box }) => (box === undefined ? '' : groupSvg(group, box, measure)));
  const edges = graph.edges.map((edge) => {
    const route = drawing.edges[edge.id];
    return route === undefined ? '' : edgeSvg(edge, route, graph.edges.length, measure);
  });
  const nodes = graph.nodes.map((node) => {
    const box = drawing.nodes[node.id];
    const geometry = cards.get(node.id);
    return box === undefined || geometry === undefined ? '' : nodeSvg(node, geometry, box);
  });
  return { groups: groups.join('\n'), edges: edges.join('\n'), nodes: nodes.join('\n') };
}

export interface SvgOptions {
  palette: Palette;
  measure?: Measure;
  font?: string;
  mono?: string;
}

const SANS = "system-ui, 'Segoe UI', Ubuntu, 'Helvetica Neue', Arial, sans-serif";
const MONOSPACE = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** A picture that stands alone: title, notes under the drawing, all colours as values, no script. */
export function svgDocument(graph: GraphDocument<unknown>, drawing: Drawing, cards: ReadonlyMap<string, Card>, options: SvgOptions): string {
  const measure = options.measure ?? tableMeasure;
  const { palette } = options;
  const notes = graph.notes.slice(0, 8);
  const header = 44;
  const footer = notes.length === 0 ? 0 : notes.length * 17 + 18;
  const noteWidth = notes.reduce((most, note) => Math.max(most, measure(note, EDGE_LABEL)), 0);
  const width = Math.ceil(Math.max(drawing.width, measure(graph.title, { size: 16, bold: true }) + 48, Math.min(noteWidth, 900) + 48, 320));
  const height = Math.ceil(drawing.height + header + footer);
  const parts = layers(graph, drawing, cards, measure);
  const css = shapeCss((name) => palette[name], options.font ?? SANS, options.mono ?? MONOSPACE);
  const noteLines = notes.map((note, index) =>
    text('label', 24, header + drawing.height + 14 + index * 17, shorten(note, width - 48, EDGE_LABEL, measure)),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(graph.title)}">`,
    `<title>${escapeXml(graph.title)}</title>`,
    `<style>${css}\n.heading{font-size:16px;font-weight:600}</style>`,
    DEFS,
    `<rect width="${width}" height="${height}" fill="${palette.bg}"/>`,
    text('heading', 24, 30, shorten(graph.title, width - 48, { size: 16, bold: true }, measure)),
    `<g transform="translate(0 ${header})">`,
    parts.groups,
    parts.edges,
    parts.nodes,
    '</g>',
    ...noteLines,
    '</svg>',
    '',
  ].join('\n');
}

/** A picture that says why there is nothing to draw. */
export function emptySvg(graph: GraphDocument<unknown>, palette: Palette): string {
  const reason = graph.empty ?? DRAWING.nothing;
  const width = Math.max(480, Math.ceil(tableMeasure(reason, { size: 13 })) + 48);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="96" viewBox="0 0 ${width} 96" role="img"><title>${escapeXml(graph.title)}</title><rect width="${width}" height="96" fill="${palette.bg}"/><text x="24" y="36" font-family="${SANS}" font-size="16" font-weight="600" fill="${palette.fg}">${escapeXml(graph.title)}</text><text x="24" y="66" font-family="${SANS}" font-size="13" fill="${palette.muted}">${escapeXml(reason)}</text></svg>\n`;
}
