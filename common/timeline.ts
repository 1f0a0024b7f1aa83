import type { Certainty } from './certainty.ts';

/**
 * What a timeline looks like before drawing. `P` is the kind of place behind an item: a Span in core,
 * a Range once the language server or the command line has converted it.
 *
 * Times are milliseconds; `clock` says since when. Everything is sorted by time, lanes are in drawing order.
 */

export interface TimelineDocument<P> {
  title: string;
  clock: TimelineClock;
  /** Whole extent of the data; `to` is at least `from`. */
  from: number;
  to: number;
  lanes: TimelineLane<P>[];
  /** Spans of time across all lanes: restart attempts, windows without log. */
  bands: TimelineBand<P>[];
  /** Arrows between items of two lanes: a failure and what followed from it. */
  links: TimelineLink[];
  legend: TimelineLegendEntry[];
  /** Said instead of a drawing when there is nothing to draw: why, and what would be needed. */
  empty?: string;
  /** Limits and assumptions that the reader has to know: lanes left out, clock that steps back, date unknown. */
  notes: string[];
}

export interface TimelineClock {
  /** `epoch`: since 1970-01-01T00:00Z; `day`: since midnight, date unknown; `line`: no time at all, the unit is the line. */
  unit: 'epoch' | 'day' | 'line';
  /** Zone as the file states it, for example "+02:00"; null: the file does not say, times are shown as written. */
  zone: string | null;
}

export type LaneKind = 'job' | 'restarts' | 'task' | 'subtask' | 'checkpoints' | 'exceptions' | 'gc' | 'memory' | 'component';

export interface TimelineLane<P> {
  /** Unique in the document, stable between two analyses of the same text. */
  id: string;
  kind: LaneKind;
  /** Short; the renderer cuts it to fit and keeps `description` as title. */
  label: string;
  /** Lane that this one is indented under and folds into. */
  parent?: string;
  collapsed?: boolean;
  intervals: TimelineInterval<P>[];
  marks: TimelineMark<P>[];
  /** The lane in a sentence, for screen readers and the tooltip. */
  description: string;
  /** Items that were left out of this lane, when there were too many. */
  left?: number;
}

/** Look follows from the tone; the label is always there as text, so colour is never the only sign. */
export type TimelineTone = 'neutral' | 'waiting' | 'running' | 'good' | 'warning' | 'bad' | 'cancelled' | 'info';

export interface TimelineInterval<P> {
  id: string;
  from: number;
  /** Null: it goes on past the end of the file. */
  to: number | null;
  /** It began before the file does. */
  open?: boolean;
  /** State or what it is, for example "RUNNING", "checkpoint 206", "G1 Young 12 ms". */
  label: string;
  tone: TimelineTone;
  /** Row within the lane for items that overlap, from 0. */
  row?: number;
  place?: P;
  /** Uri of the source text, if not the document's. */
  uri?: string;
  description: string;
  details?: [string, string][];
}

export interface TimelineMark<P> {
  id: string;
  at: number;
  label: string;
  tone: TimelineTone;
  kind: 'failure' | 'first-failure' | 'exception' | 'restart' | 'cancel' | 'checkpoint' | 'event' | 'gc';
  place?: P;
  uri?: string;
  description: string;
  details?: [string, string][];
}

export interface TimelineBand<P> {
  id: string;
  from: number;
  to: number | null;
  label: string;
  tone: TimelineTone;
  kind: 'attempt' | 'gap' | 'clock-step';
  place?: P;
  description: string;
}

/** `from` and `to` are ids of marks or intervals. */
export interface TimelineLink {
  from: string;
  to: string;
  label: string;
  /** proved: the text says so; suspected: by order, nearness, or what such exceptions mean. What is unknown is not drawn. */
  certainty: Exclude<Certainty, 'unknown'>;
}

export interface TimelineLegendEntry {
  tone: TimelineTone;
  text: string;
}

/** The same timeline with every place converted. */
export function mapTimelinePlaces<P, Q>(timeline: TimelineDocument<P>, convert: (place: P) => Q): TimelineDocument<Q> {
  const one = <T extends { place?: P }>(item: T): Omit<T, 'place'> & { place?: Q } => {
    const { place, ...rest } = item;
    return place === undefined ? rest : { ...rest, place: convert(place) };
  };
  const lanes = timeline.lanes.map((lane) => ({ ...lane, intervals: lane.intervals.map(one), marks: lane.marks.map(one) }));
  return { ...timeline, lanes, bands: timeline.bands.map(one) };
}
