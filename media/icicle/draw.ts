import { type Measure, shorten } from '../../common/drawing/measure.ts';
import type { Colour } from '../../common/drawing/theme.ts';
import type { IcicleNode } from '../../common/icicle.ts';
import { escapeXml } from '../../common/xml.ts';
import type { Tree, Weighed } from './frameTree.ts';
import { ICICLE, KIND_NAMES } from './words.ts';

export const ROW = 22;
const FONT = { size: 12, mono: true };
/** Narrower frames, in px, are left out until the reader goes nearer. */
const NARROW = 2;

/** Colour and weight of text together tell whose code it is. */
const KINDS: Record<IcicleNode<unknown>['kind'], { colour: Colour; share: number; weight: number }> = {
  application: { colour: 'good', share: 34, weight: 700 },
  flink: { colour: 'loop', share: 30, weight: 500 },
  library: { colour: 'lock', share: 24, weight: 400 },
  jdk: { colour: 'edge', share: 16, weight: 400 },
  lock: { colour: 'bad', share: 34, weight: 700 },
};

export function icicleCss(colour: (name: Colour) => string, mix: (colour: string, share: number, under: string) => string, mono: string): string {
  const kinds = Object.entries(KINDS).map(
    ([kind, { colour: name, share, weight }]) =>
      `.i-${kind} rect{fill:${mix(colour(name), share, colour('bg'))}}.i-${kind} text{font-weight:${weight}}`,
  );
  return [`rect{stroke:${colour('bg')};stroke-width:1}`, `text{font-family:${mono};font-size:12px;fill:${colour('fg')}}`, ...kinds].join('\n');
}

export interface Placed {
  frame: Weighed;
  x: number;
  width: number;
}

/** Frames that are wide enough to be seen, in px, when `zoom` (or everything) fills the width; its callers fill it too. */
export function place(tree: Tree, zoom: Weighed | undefined, width: number): { placed: Placed[]; left: number } {
  const [from, count] = zoom === undefined ? [0, tree.count] : [zoom.x, zoom.count];
  const scale = width / Math.max(1, count);
  const placed: Placed[] = [];
  let left = 0;
  const visit: Weighed[] = [...tree.roots];
  for (let frame = visit.pop(); frame !== undefined; frame = visit.pop()) {
    const start = Math.max(0, (frame.x - from) * scale);
    const end = Math.min(width, (frame.x + frame.count - from) * scale);
    if (end <= start) continue;
    if (end - start < NARROW) {
      left++;
      continue;
    }
    placed.push({ frame, x: start, width: end - start });
    visit.push(...frame.children.toReversed());
  }
  return { placed, left };
}

export function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return `${share >= 10 || Number.isInteger(share) ? Math.round(share) : share.toFixed(1)} %`;
}

function speak({ frame: { node, count: number, own } }: Placed, tree: Tree, unit: string): string {
  return ICICLE.speak({ label: node.label, number, unit, share: percent(number, tree.count), own, kind: KIND_NAMES[node.kind] });
}

export function frameSvg(item: Placed, tree: Tree, unit: string, measure: Measure): string {
  const { frame, x, width } = item;
  const { node } = frame;
  const room = width - 10;
  const label = room < 26 ? '' : shorten(node.label, room, FONT, measure);
  const said = speak(item, tree, unit);
  return `<g class="frame i-${node.kind}" data-id="${escapeXml(node.id)}" role="treeitem" tabindex="-1" aria-level="${frame.depth + 1}" aria-label="${escapeXml(said)}" transform="translate(${x.toFixed(1)} ${frame.depth * ROW})"><title>${escapeXml(`${node.description}\n${said}`)}</title><rect width="${width.toFixed(1)}" height="${ROW - 1}" rx="3"/>${label === '' || label === '…' ? '' : `<text x="5" y="15">${escapeXml(label)}</text>`}</g>`;
}
