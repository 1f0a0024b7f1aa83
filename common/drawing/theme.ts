import type { EdgeKind, NodeKind } from '../graph.ts';

/** Colours and line styles of drawings. The page names them as variables of VS Code's theme, files have them as values. */

export const COLOURS = [
  'bg',
  'fg',
  'muted',
  'card',
  'border',
  'edge',
  'group',
  'thread',
  'lock',
  'flow',
  'loop',
  'call',
  'good',
  'warning',
  'bad',
  'info',
  'focus',
] as const;

export type Colour = (typeof COLOURS)[number];

export type Palette = Record<Colour, string>;

export const LIGHT: Palette = {
  bg: '#ffffff',
  fg: '#1f2328',
  muted: '#59636e',
  card: '#ffffff',
  border: '#c4cbd3',
  edge: '#6e7781',
  group: '#8c959f',
  thread: '#0969da',
  lock: '#8250df',
  flow: '#0a7d6c',
  loop: '#bc4c00',
  call: '#0969da',
  good: '#1a7f37',
  warning: '#9a6700',
  bad: '#cf222e',
  info: '#0969da',
  focus: '#0969da',
};

export const DARK: Palette = {
  bg: '#1f1f1f',
  fg: '#e6e6e6',
  muted: '#a0a7b0',
  card: '#2a2b2d',
  border: '#4a4f56',
  edge: '#8b949e',
  group: '#6e7681',
  thread: '#4ea1ff',
  lock: '#bc8cff',
  flow: '#3fc8b4',
  loop: '#f0883e',
  call: '#4ea1ff',
  good: '#56d364',
  warning: '#e3b341',
  bad: '#ff6b63',
  info: '#4ea1ff',
  focus: '#4ea1ff',
};

/** Which colour a kind of node has. */
export const KIND_COLOUR: Record<NodeKind, Colour> = {
  thread: 'thread',
  'virtual-thread': 'thread',
  monitor: 'lock',
  synchronizer: 'lock',
  'class-init': 'lock',
  aggregate: 'muted',
  vertex: 'flow',
  operator: 'flow',
  source: 'good',
  sink: 'info',
  'loop-head': 'loop',
  'loop-tail': 'loop',
  method: 'call',
  component: 'flow',
  exception: 'bad',
};

export interface EdgeStyle {
  /** SVG dash pattern; empty: solid. */
  dash: string;
  width: number;
  head: 'arrow' | 'open';
  /** A dot where the edge begins. */
  tail: boolean;
  /** Radius of its corners. */
  round: number;
}

/** Line and head tell kinds of edges apart, not colour. */
export const EDGE_STYLE: Record<EdgeKind, EdgeStyle> = {
  'waits-for': { dash: '', width: 1.6, head: 'arrow', tail: false, round: 8 },
  'held-by': { dash: '', width: 1.6, head: 'open', tail: true, round: 8 },
  'waits-in': { dash: '2 4', width: 1.6, head: 'open', tail: false, round: 8 },
  forward: { dash: '', width: 1.6, head: 'arrow', tail: false, round: 8 },
  feedback: { dash: '8 5', width: 2, head: 'arrow', tail: false, round: 22 },
  chained: { dash: '', width: 3, head: 'open', tail: false, round: 8 },
  calls: { dash: '', width: 1.4, head: 'arrow', tail: false, round: 8 },
  causes: { dash: '', width: 2.2, head: 'arrow', tail: true, round: 8 },
  'talks-to': { dash: '5 4', width: 1.4, head: 'open', tail: false, round: 8 },
};

/** The style sheet of a drawing; `colour` gives a variable or a value. */
export function shapeCss(colour: (name: Colour) => string, font: string, mono: string): string {
  const kinds = Object.entries(KIND_COLOUR)
    .map(([kind, name]) => `.k-${kind} .tint{fill:${colour(name)}}.k-${kind} .icon{stroke:${colour(name)}}`)
    .join('\n');
  const tones = (['good', 'warning', 'bad', 'info'] as const)
    .map((tone) => `.t-${tone} .pill{stroke:${colour(tone)}}.t-${tone} .pill-text{fill:${colour(tone)}}.t-${tone} .bar{fill:${colour(tone)}}`)
    .join('\n');
  const marked = (
    [
      ['cycle', 'bad'],
      ['violation', 'bad'],
      ['suspect', 'warning'],
      ['critical', 'focus'],
      ['added', 'good'],
      ['removed', 'bad'],
      ['changed', 'info'],
    ] as const
  )
    .map(
      ([emphasis, name]) =>
        `.e-${emphasis} .shape{stroke:${colour(name)};stroke-width:2.4}.e-${emphasis} .line{stroke:${colour(name)}}.e-${emphasis} .tip{fill:${colour(name)};stroke:${colour(name)}}.e-${emphasis} .tip.open{fill:${colour('bg')}}`,
    )
    .join('\n');
  return `
text{font-family:${font};fill:${colour('fg')}}
.shape{fill:${colour('card')};stroke:${colour('border')};stroke-width:1.2}
.behind{fill:${colour('card')};stroke:${colour('border')};stroke-width:1}
.icon{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.title{font-size:13px;font-weight:600}
.k-method .title,.k-exception .title{font-family:${mono};font-size:12px;font-weight:400}
.more{font-size:11.5px;fill:${colour('muted')}}
.pill{fill:${colour('card')};stroke:${colour('muted')};stroke-width:1.2}
.pill-text{font-size:10.5px;font-weight:600;fill:${colour('muted')}}
.meter-text{font-size:10.5px;fill:${colour('muted')}}
.track{fill:${colour('border')};fill-opacity:.45}
.bar{fill:${colour('muted')}}
.ring{fill:none}
.e-cycle .ring{stroke:${colour('bad')};stroke-width:1.2}
.e-cycle .line{stroke-width:3}
.e-critical .line{stroke-width:4.5}
.e-critical .ring{stroke:${colour('focus')};stroke-width:1.2}
.e-suspect .shape{stroke-dasharray:7 4}
.e-violation .shape,.e-violation>.group-box{stroke:${colour('bad')};stroke-width:3;stroke-dasharray:10 3 2 3}
.e-violation .line{stroke-width:3;stroke-dasharray:10 3 2 3}
.e-removed .shape{stroke-dasharray:3 3}
.e-victim .shape{stroke:${colour('warning')}}
.hatch{fill:url(#lj-hatch)}
.hatch-line{stroke:${colour('warning')};stroke-width:1.6;stroke-opacity:.3}
.e-muted{opacity:.6}
.group-box{fill:${colour('group')};fill-opacity:.07;stroke:${colour('group')};stroke-width:1.2}
.group-title{font-size:12.5px;font-weight:600}
.g-scope>.group-box{stroke:${colour('loop')};fill:${colour('loop')}}
.g-chain>.group-box{stroke-dasharray:2 3}
.g-pool>.group-box{stroke-dasharray:6 4}
.level{fill:${colour('bg')};stroke:${colour('loop')};stroke-width:1.2}
.level-text{font-size:10.5px;font-weight:600;fill:${colour('loop')}}
.line{fill:none;stroke:${colour('edge')};stroke-linejoin:round}
.tip{fill:${colour('edge')};stroke:${colour('edge')};stroke-width:1.4;stroke-linejoin:round}
.tip.open{fill:${colour('bg')}}
.l-feedback .line{stroke:${colour('loop')}}.l-feedback .tip{fill:${colour('loop')};stroke:${colour('loop')}}
.label-box{fill:${colour('bg')};stroke:${colour('border')};stroke-width:.8}
.label{font-size:11px;fill:${colour('muted')}}
${kinds}
${tones}
${marked}
`.trim();
}
