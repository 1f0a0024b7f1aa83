/** The heap in use after collections and the pauses they take, over time. `P`: the kind of place of an event. */
export interface GcChartDocument<P> {
  /** What is wrong, or that nothing is. */
  verdict: string;
  /** Times are since 1970; else since the start of the JVM. */
  dated: boolean;
  /** As the file states it, for example "+02:00"; null where it does not. */
  zone: string | null;
  /** In the order of time. */
  events: GcChartEvent<P>[];
  /** What the reader has to know: events left out, times that were put together. */
  notes: string[];
}

export interface GcChartEvent<P> {
  /** In ms. */
  time: number;
  kind: 'young' | 'full' | 'cycle' | 'other';
  /** Heap in use afterwards, and the size of the heap, in KiB. */
  after: number | null;
  capacity: number | null;
  /** Of a pause; in ms. */
  pauseMs: number | null;
  /** All about it, in a line. */
  text: string;
  place: P;
}
