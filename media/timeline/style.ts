import type { Colour } from '../../common/drawing/theme.ts';
import type { TimelineMark, TimelineTone } from '../../common/timeline.ts';

/** How tones and marks look: colours, borders, shapes. */

/** What each tone is drawn in. */
const TONES: Record<TimelineTone, Colour> = {
  neutral: 'edge',
  waiting: 'muted',
  running: 'info',
  good: 'good',
  warning: 'warning',
  bad: 'bad',
  cancelled: 'lock',
  info: 'flow',
};

export const SHAPES: Record<TimelineMark<unknown>['kind'], string> = {
  'first-failure': 'M0-9 8 7H-8zM0-4v5M0 3.5v.6',
  failure: 'M-5-5 5 5M5-5-5 5',
  exception: 'M0-6 6 5H-6z',
  restart: 'M5 0a5 5 0 1 1-1.6-3.7M4.5-6v3.2H1.3',
  cancel: 'M-4.5-4.5h9v9h-9z',
  checkpoint: 'M0-5 5 0 0 5-5 0z',
  event: 'M-3 0a3 3 0 1 0 6 0 3 3 0 1 0-6 0z',
  gc: 'M-1.5-7h3V7h-3z',
};

/** Colour, border and pattern say the tone; the label says it in words where it fits. */
export function timelineCss(colour: (name: Colour) => string, mix: (colour: string, share: number, under: string) => string, font: string): string {
  const tones = Object.entries(TONES).map(
    ([tone, name]) =>
      `.t-${tone} .bar{fill:${mix(colour(name), 30, colour('bg'))};stroke:${colour(name)}}.t-${tone} .mark{stroke:${colour(name)};fill:${mix(colour(name), 35, colour('bg'))}}.t-${tone} .shade{fill:${colour(name)}}`,
  );
  return [
    `text{font-family:${font};font-size:11px;fill:${colour('fg')}}`,
    '.bar{stroke-width:1.2}',
    '.t-waiting .bar{stroke-dasharray:2 2}',
    '.t-cancelled .bar{stroke-dasharray:6 3}',
    '.t-warning .bar{stroke-dasharray:9 2 2 2}',
    '.t-bad .bar{stroke-width:2.2}',
    '.t-good .bar{stroke-width:1.6}',
    `.pattern{fill:url(#lj-bad)}.pattern-line{stroke:${colour('bad')};stroke-width:1.6;stroke-opacity:.45}`,
    '.mark{stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}',
    `.lane-label{font-size:12px}.lane-head .lane-label{font-weight:600}.lane-line{stroke:${colour('border')};stroke-opacity:.5}`,
    `.tick{stroke:${colour('border')};stroke-opacity:.45}.tick-label{fill:${colour('muted')}}`,
    '.shade{fill-opacity:.1}',
    `.band-edge{stroke:${colour('muted')};stroke-dasharray:4 4}.band-label{fill:${colour('muted')};font-size:10.5px}`,
    `.link{fill:none;stroke:${colour('bad')};stroke-width:1.5}.link-suspected{stroke-dasharray:8 4}.link-tip{fill:${colour('bad')}}`,
    `.twist{fill:none;stroke:${colour('muted')};stroke-width:1.5}`,
    `.first .mark{stroke-width:2.6}.first text{font-weight:700;fill:${colour('bad')};paint-order:stroke;stroke:${colour('bg')};stroke-width:4px;stroke-linejoin:round}`,
    ...tones,
  ].join('\n');
}

export const DEFS =
  '<defs><pattern id="lj-bad" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="pattern-line" d="M0 0V6"/></pattern></defs>';
