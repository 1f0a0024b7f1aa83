import type { Tone } from './graph.ts';
import type { GraphView } from './views.ts';

/** Assumptions to vary about a job, and a run of it to play step by step on its graph. */

/** One step of a trace that is played on the graph. */
export interface Step {
  title: string;
  highlightNodes: string[];
  highlightEdges: string[];
  /** Text shown on nodes or edges in this step, for example the fill of a buffer. */
  badges: { id: string; text: string; tone: Tone }[];
}

/** A form in the panel whose values go back to the host: assumptions to vary. */
export interface WhatIfForm {
  title: string;
  fields: WhatIfField[];
  /** What came out for the present values, as paragraphs. */
  result: { text: string; tone: Tone }[];
  table?: { columns: string[]; rows: string[][] };
  /** A picture of the result as SVG text with a title of its own. */
  plot?: string;
}

export type WhatIfField =
  | { id: string; label: string; kind: 'number'; value: number; minimum: number; maximum?: number; step?: number }
  | { id: string; label: string; kind: 'choice'; value: string; options: { value: string; label: string }[] };

/** What is filled in, by field id. */
export type FormValues = Record<string, string | number>;

/**
 * What the server's document "simulation" holds: parameters are the values of the form (none at first),
 * the answer is the form filled in with them, what came out, and the trace to play on the graph, if there is one.
 */
export interface SimulationDocument {
  view: GraphView;
  form: WhatIfForm;
  trace: { title: string; steps: Step[] } | null;
}
