import type { PolicyComparison, PolicyRun } from '../../analysis/flow/starvation.ts';
import { FLOW_WORDS } from './words.ts';

const { plot: WORDS } = FLOW_WORDS;

const WIDTH = 400;
const HEIGHT = 270;
const LEFT = 56;
const RIGHT = 16;
const TOP = 70;
const BOTTOM = 44;

/** A dash pattern each, so that no curve is told by its colour alone. */
const LOOKS: Record<PolicyRun['policy'], { dash: string; colour: string }> = {
  none: { dash: '', colour: '#b5591a' },
  'feedback-first': { dash: '7 4', colour: '#1f6fb2' },
  'feedback-when-used': { dash: '2 3', colour: '#2a7d46' },
};

/** Records in the feedback queues over time, one curve a policy, as SVG text that needs nothing else. */
export function queuePlot({ runs, ticks }: PolicyComparison): string {
  const highest = Math.max(1, ...runs.flatMap((run) => run.queue));
  const top = niceAbove(highest);
  const width = WIDTH - LEFT - RIGHT;
  const height = HEIGHT - TOP - BOTTOM;
  const y = (value: number): string => (TOP + height - (value / top) * height).toFixed(1);
  const curves = runs.map((run) => {
    const every = Math.max(1, Math.floor(ticks / 200));
    const points = run.queue.map((value, index) => `${(LEFT + ((index * every) / ticks) * width).toFixed(1)},${y(value)}`);
    const { dash, colour } = LOOKS[run.policy];
    return `<polyline fill="none" stroke="${colour}" stroke-width="2"${dash === '' ? '' : ` stroke-dasharray="${dash}"`} points="${points.join(' ')}"/>`;
  });
  const marks = [0, top / 2, top].map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="#888" stroke-opacity="0.35"/>` +
      `<text x="${LEFT - 8}" y="${y(value)}" dy="4" text-anchor="end">${WORDS.value(value)}</text>`,
  );
  const keys = runs.map((run, index) => {
    const { dash, colour } = LOOKS[run.policy];
    const y = 12 + index * 18;
    return (
      `<line x1="${LEFT}" x2="${LEFT + 26}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>` +
      `<text x="${LEFT + 32}" y="${y + 4}">${FLOW_WORDS.policies[run.policy].name}</text>`
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="sans-serif" font-size="12" fill="currentColor">`,
    `<title>${WORDS.title}</title>`,
    ...marks,
    ...curves,
    ...keys,
    `<text x="${LEFT}" y="${HEIGHT - 24}">0</text>`,
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 24}" text-anchor="end">${WORDS.ticks(ticks)}</text>`,
    `<text x="${LEFT}" y="${HEIGHT - 6}">${WORDS.caption}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

/** 1, 2 or 5 times a power of ten. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}
