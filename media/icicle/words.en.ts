import type { IcicleNode } from '../../common/icicle.ts';
import { count, plural } from '../shared/dom.ts';

export const KIND_NAMES: Readonly<Record<IcicleNode<unknown>['kind'], string>> = {
  application: 'application',
  flink: 'Flink',
  library: 'library',
  jdk: 'JDK',
  lock: 'lock',
};

/** `unit`: what is counted, in the plural: "threads". */
export const ICICLE = {
  search: 'Search frames',
  asGraph: 'The same calls as a graph',
  zoomedInto: 'Zoomed into',
  everything: 'Show everything (Escape)',
  which: 'Which stacks are shown',
  none: 'No call tree',
  noStacks: 'The file holds no stacks.',
  nonePasses: (unit: string) => `None of the ${unit} passes the filters.`,
  said: (stacks: number, unit: string, frames: number) => `${plural(stacks, unit.replace(/s$/, ''), unit)}, ${plural(frames, 'frame')}`,
  allValues: (facet: string) => `${facet}: all`,
  noValue: 'none',
  zoomTo: 'Zoom to this frame',
  all: (number: number, unit: string) => `All ${count(number)} ${unit}`,
  narrow: (frames: number) => `${plural(frames, 'frame')} too narrow to draw: zoom in`,
  hits: (frames: number, stacks: number, unit: string) => `${plural(frames, 'frame')} in ${count(stacks)} ${unit}`,
  frame: (kind: string) => `${kind} frame`,
  endHere: 'end here',
  fill: 'Make this frame fill the width (Z)',
  inUnits: (unit: string) => `In ${unit}`,
  lines: 'Lines',
  speak: ({ label, number, unit, share, own, kind }: { label: string; number: number; unit: string; share: string; own: number; kind: string }) =>
    [label, `${count(number)} ${unit}`, share, ...(own > 0 ? [`${count(own)} end here`] : []), kind].join(', '),
};
