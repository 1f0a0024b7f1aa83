import type { Badge, Emphasis, GraphNode, Meter, NodeKind, Tone } from '../graph.ts';
import type { GraphView } from '../views.ts';
import { type Font, type Measure, shorten } from './measure.ts';
import { DRAWING, EMPHASIS } from './words.ts';

/** Geometry of one node: what stands where inside its box. The drawing and the layout both use it. */

export interface Line {
  text: string;
  x: number;
  /** Baseline. */
  y: number;
}

export interface BadgeBox {
  text: string;
  tone: Tone;
  x: number;
  y: number;
  width: number;
}

export interface MeterBox {
  meter: Meter;
  y: number;
  /** Of the bar. */
  x: number;
  width: number;
}

export interface Card {
  width: number;
  height: number;
  title: Line;
  /** True when the title was cut: the whole of it belongs into the tooltip. */
  cut: boolean;
  lines: Line[];
  badges: BadgeBox[];
  meters: MeterBox[];
}

export const TITLE: Font = { size: 13, bold: true };
const TITLE_MONO: Font = { size: 12, mono: true };
const LINE: Font = { size: 11.5 };
export const SMALL: Font = { size: 10.5, bold: true };
const METER: Font = { size: 10.5 };
export const EDGE_LABEL: Font = { size: 11 };

const PAD_X = 12;
const PAD_Y = 9;
const ICON = 22;
const TITLE_HEIGHT = 18;
const LINE_HEIGHT = 16;
export const BADGE_HEIGHT = 17;
const BADGE_ROW = 22;
const METER_ROW = 16;
const MIN_WIDTH = 110;
const MAX_WIDTH = 310;
const MAX_LINES = 5;

const MONO = new Set<NodeKind>(['method', 'exception']);

/** Locks have slanted ends that text must keep clear of. */
export const SLANT = 10;

export const isLock = (kind: NodeKind): boolean => kind === 'monitor' || kind === 'synchronizer' || kind === 'class-init';

const titleFont = (kind: NodeKind): Font => (MONO.has(kind) ? TITLE_MONO : TITLE);

const EMPHASIS_BADGES: Record<Emphasis, Badge | undefined> = {
  none: undefined,
  muted: undefined,
  cycle: { text: EMPHASIS.cycle, tone: 'bad' },
  victim: { text: EMPHASIS.victim, tone: 'warning' },
  violation: { text: EMPHASIS.violation, tone: 'bad' },
  suspect: { text: EMPHASIS.suspect, tone: 'warning' },
  critical: { text: EMPHASIS.critical, tone: 'info' },
  added: { text: EMPHASIS.added, tone: 'good' },
  removed: { text: EMPHASIS.removed, tone: 'bad' },
  changed: { text: EMPHASIS.changed, tone: 'info' },
};

/** What an emphasis is called on a node, so that no meaning rests on colour or border alone. */
export function emphasisBadge(emphasis: Emphasis | undefined, view: GraphView): Badge | undefined {
  if (emphasis === 'cycle' && view === 'lock-wait') return { text: DRAWING.deadlock, tone: 'bad' };
  return EMPHASIS_BADGES[emphasis ?? 'none'];
}

/** The node's own badges after the one that names its emphasis. */
export function badgesOf(node: Pick<GraphNode<unknown>, 'badges' | 'emphasis'>, view: GraphView): Badge[] {
  const own = node.badges ?? [];
  const said = emphasisBadge(node.emphasis, view);
  if (said === undefined || own.some((badge) => badge.text.toLowerCase().includes(said.text.replace(/^[^\p{L}]+/u, '')))) return own;
  return [said, ...own];
}

/** Places everything inside a node. Sizes follow from the text; nothing grows beyond the widest card. */
export function card(node: GraphNode<unknown>, view: GraphView, measure: Measure): Card {
  const font = titleFont(node.kind);
  const inset = PAD_X + (isLock(node.kind) ? SLANT - 4 : 0);
  const room = MAX_WIDTH - 2 * inset;
  const badges = badgesOf(node, view);
  const lines = (node.lines ?? []).slice(0, MAX_LINES);
  const title = shorten(node.label, room - ICON, font, measure);
  const badgeWidths = badges.map((badge) => measure(badge.text, SMALL) + 14);
  const rows: number[][] = [];
  let used = room + 1;
  badges.forEach((_, index) => {
    const width = badgeWidths[index] ?? 0;
    if (used + width > room) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(index);
    used += width + 5;
  });
  const rowWidth = (row: number[]) => row.reduce((sum, index) => sum + (badgeWidths[index] ?? 0) + 5, -5);
  const fitted = lines.map((line) => shorten(line, room, LINE, measure));
  const content = Math.max(
    measure(title, font) + ICON,
    ...fitted.map((line) => measure(line, LINE)),
    ...rows.map(rowWidth),
    node.meters?.length ? 170 : 0,
  );
  const width = Math.ceil(Math.max(MIN_WIDTH, content + 2 * inset));
  let y = PAD_Y;
  const titleLine: Line = { text: title, x: inset + ICON, y: y + 13.5 };
  y += TITLE_HEIGHT;
  const lineBoxes = fitted.map((text) => {
    y += LINE_HEIGHT;
    return { text, x: inset, y: y - 4 };
  });
  const badgeBoxes: BadgeBox[] = [];
  for (const row of rows) {
    let x = inset;
    for (const index of row) {
      const badge = badges[index];
      const badgeWidth = badgeWidths[index];
      if (badge === undefined || badgeWidth === undefined) continue;
      badgeBoxes.push({ text: badge.text, tone: badge.tone, x, y: y + 4, width: badgeWidth });
      x += badgeWidth + 5;
    }
    y += BADGE_ROW;
  }
  const meters = node.meters ?? [];
  const labelRoom = meters.reduce((most, meter) => Math.max(most, measure(meter.label, METER)), 0) + 8;
  const valueRoom = meters.reduce((most, meter) => Math.max(most, measure(meter.text, METER)), 0) + 8;
  if (meters.length > 0) y += 4;
  const meterBoxes = meters.map((meter) => {
    const box = { meter, y, x: inset + labelRoom, width: Math.max(20, width - 2 * inset - labelRoom - valueRoom) };
    y += METER_ROW;
    return box;
  });
  return {
    width,
    height: Math.ceil(y + PAD_Y),
    title: titleLine,
    cut: title !== node.label,
    lines: lineBoxes,
    badges: badgeBoxes,
    meters: meterBoxes,
  };
}
