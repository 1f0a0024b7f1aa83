import * as v from 'valibot';
import { type FileAnalysis, type FoundLine, findLine, type IncidentPage, type Lines } from './contracts.ts';
import type { GcChartDocument } from './gcChart.ts';
import type { GraphDocument } from './graph.ts';
import type { IcicleDocument } from './icicle.ts';
import { amount, flag, formValues, place, text, uri } from './schemas.ts';
import type { Step, WhatIfForm } from './simulation.ts';
import type { Place } from './span.ts';
import type { TimelineDocument } from './timeline.ts';
import { isCommandView, VIEW_NAMES } from './views.ts';

/**
 * Messages between the panels and their pages. The compiler points at both ends when one is added. What a page sends is held
 * against a schema: it shows what files say, and is not believed.
 */

/** To every page. */
export type CommonToWebview =
  | { type: 'progress'; text: string }
  /** The document could not be made; what is shown stays, if there is anything. */
  | { type: 'error'; message: string };

/** To pages that can follow the active editor: whether theirs does. */
export interface Following {
  type: 'following';
  on: boolean;
}

/** In characters: the largest picture of a graph has some millions. */
const MAX_SAVED = 1 << 28;

/** Reads a message; null for what is none. */
const reader =
  <M>(schema: v.GenericSchema<unknown, M>) =>
  (message: unknown): M | null => {
    const found = v.safeParse(schema, message, { abortEarly: true });
    return found.success ? found.output : null;
  };

const message = <T extends string, E extends v.ObjectEntries>(type: T, entries: E) => v.object({ type: v.literal(type), ...entries });

/** From every page. */
const COMMON = [
  /** The page listens; nothing is sent to it before. */
  message('ready', {}),
  message('reveal', { uri: v.nullable(uri), place, keepFocus: flag }),
  message('save', {
    /** Of the file that is offered, without its ending. */
    name: v.pipe(text, v.maxLength(1000)),
    format: v.picklist(['svg', 'png', 'dot', 'md']),
    encoding: v.picklist(['utf8', 'base64']),
    data: v.pipe(v.string(), v.maxLength(MAX_SAVED)),
  }),
  /** Stop what is being computed for this page. */
  message('cancel', {}),
  /** Ask for the document again. */
  message('retry', {}),
  /** Show the same view of whatever file comes to the front, or stay with this one. */
  message('follow', { on: flag }),
] as const;

const ofAnyPage = v.variant('type', COMMON);
export type CommonFromWebview = v.InferOutput<typeof ofAnyPage>;
export const fromAnyPage = reader<CommonFromWebview>(ofAnyPage);

export type GraphToWebview =
  | CommonToWebview
  /** `name`: which document of the file this is, where its view does not say so; kept for reload. */
  /** `live`: of a running job, and asked for again; the same nodes with other figures stay where they are. */
  | { type: 'graph'; uri: string; name?: string; document: GraphDocument<Place>; select?: string; live?: true }
  /** The cursor in the text stands at these nodes. */
  | { type: 'highlight'; ids: string[] }
  /** An empty list ends the trace. */
  | { type: 'steps'; title: string; steps: Step[] }
  | { type: 'form'; form: WhatIfForm | null };

/** The same calls the other way: the call graph as a call tree, or the tree as a graph. */
const SWITCH = message('switch', {});

/** What a vertex of a running job leads to. */
export const VERTEX_LEADS = ['threads', 'log', 'checkpoint'] as const;
export type VertexLead = (typeof VERTEX_LEADS)[number];

const ofGraph = v.variant('type', [
  ...COMMON,
  SWITCH,
  message('formChanged', { values: formValues }),
  message('vertex', { id: v.pipe(text, v.regex(/^[0-9a-f]{32}$/)), lead: v.picklist(VERTEX_LEADS) }),
]);
export type GraphFromWebview = v.InferOutput<typeof ofGraph>;
export const fromGraph = reader<GraphFromWebview>(ofGraph);

/** The cursor in the text; `uri`: in this file of several. */
export type Cursor = { type: 'cursor'; line: number; uri?: string };

export type TimelineToWebview = CommonToWebview | { type: 'timeline'; uri: string; document: TimelineDocument<Place> } | Cursor;

export type GcChartToWebview = CommonToWebview | { type: 'gcChart'; uri: string; document: GcChartDocument<Place> } | Cursor;

export type GcChartFromWebview = CommonFromWebview;

export type TimelineFromWebview = CommonFromWebview;

/** `graph`: the file has these calls as a graph too. */
export type IcicleToWebview = CommonToWebview | { type: 'icicle'; uri: string; document: IcicleDocument<Place>; graph?: boolean } | Cursor;

const ofIcicle = v.variant('type', [...COMMON, SWITCH]);
export type IcicleFromWebview = v.InferOutput<typeof ofIcicle>;
export const fromIcicle = reader<IcicleFromWebview>(ofIcicle);

/** `html` was made from `markdown`; its links are those of common/reportLinks.ts. `name`: of the panel, kept for reload. */
export type ReportToWebview = CommonToWebview | { type: 'report'; uri: string; name: string; title: string; html: string; markdown: string };

export type ReportFromWebview = CommonFromWebview;

export type IncidentToWebview = CommonToWebview | { type: 'incident'; uri: string; title: string; page: IncidentPage };

const ofIncident = v.variant('type', [...COMMON, message('copy', { text: v.pipe(v.string(), v.maxLength(MAX_SAVED)) })]);
export type IncidentFromWebview = v.InferOutput<typeof ofIncident>;
export const fromIncident = reader<IncidentFromWebview>(ofIncident);

/** The read-only view of a file that no text editor hands over. */
export type LargeFileToWebview =
  | { type: 'progress'; text: string }
  | { type: 'error'; message: string }
  | { type: 'file'; name: string; analysis: FileAnalysis }
  /** The answer to a `lines` request of the same number. */
  | { type: 'lines'; request: number; lines: Lines | null }
  /** The answer to a `find` request of the same number. */
  | { type: 'found'; request: number; found: FoundLine | null }
  /** A panel or a link leads to this line. */
  | { type: 'reveal'; line: number; focus: boolean };

const ofLargeFile = v.variant('type', [
  message('ready', {}),
  message('lines', { request: amount, from: amount, count: amount, follow: flag }),
  message('find', { request: amount, wanted: findLine }),
  /** The person has gone to this line. */
  message('cursor', { line: amount }),
  message('open', { what: v.picklist(VIEW_NAMES.filter(isCommandView)) }),
  message('retry', {}),
]);
export type LargeFileFromWebview = v.InferOutput<typeof ofLargeFile>;
export const fromLargeFile = reader<LargeFileFromWebview>(ofLargeFile);

/** What a page keeps through a reload of the window; the host restores the panel from the first two. */
export interface PanelState<View> {
  uri: string;
  /** Which document of the file: a view of a graph, or the name of another document. */
  name: string;
  view: View;
}
