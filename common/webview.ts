import type { FileAnalysis, FindLine, FoundLine, Lines } from './contracts.ts';
import type { GraphDocument } from './graph.ts';
import type { IcicleDocument } from './icicle.ts';
import type { FormValues, Step, WhatIfForm } from './simulation.ts';
import type { Place } from './span.ts';
import type { TimelineDocument } from './timeline.ts';
import type { CommandView } from './views.ts';

/** Messages between the panels and their pages. The compiler points at both ends when one is added. */

/** To every page. */
export type CommonToWebview =
  | { type: 'progress'; text: string }
  /** The document could not be made; what is shown stays, if there is anything. */
  | { type: 'error'; message: string };

/** From every page. */
export type CommonFromWebview =
  /** The page listens; nothing is sent to it before. */
  | { type: 'ready' }
  | { type: 'reveal'; uri: string | null; place: Place; keepFocus: boolean }
  | { type: 'save'; name: string; format: 'svg' | 'png' | 'dot' | 'md'; encoding: 'utf8' | 'base64'; data: string }
  /** Stop what is being computed for this page. */
  | { type: 'cancel' }
  /** Ask for the document again. */
  | { type: 'retry' };

export type GraphToWebview =
  | CommonToWebview
  /** `name`: which document of the file this is, where its view does not say so; kept for reload. */
  | { type: 'graph'; uri: string; name?: string; document: GraphDocument<Place>; select?: string }
  /** The cursor in the text stands at these nodes. */
  | { type: 'highlight'; ids: string[] }
  /** An empty list ends the trace. */
  | { type: 'steps'; title: string; steps: Step[] }
  | { type: 'form'; form: WhatIfForm | null };

/** The same calls the other way: the call graph as a call tree, or the tree as a graph. */
export type Switch = { type: 'switch' };

export type GraphFromWebview = CommonFromWebview | Switch | { type: 'formChanged'; values: FormValues };

/** The cursor in the text; `uri`: in this file of several. */
export type Cursor = { type: 'cursor'; line: number; uri?: string };

export type TimelineToWebview = CommonToWebview | { type: 'timeline'; uri: string; document: TimelineDocument<Place> } | Cursor;

export type TimelineFromWebview = CommonFromWebview;

/** `graph`: the file has these calls as a graph too. */
export type IcicleToWebview = CommonToWebview | { type: 'icicle'; uri: string; document: IcicleDocument<Place>; graph?: boolean } | Cursor;

export type IcicleFromWebview = CommonFromWebview | Switch;

/** `html` was made from `markdown`; its links are those of common/reportLinks.ts. */
export type ReportToWebview = CommonToWebview | { type: 'report'; uri: string; title: string; html: string; markdown: string };

export type ReportFromWebview = CommonFromWebview;

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

export type LargeFileFromWebview =
  | { type: 'ready' }
  | { type: 'lines'; request: number; from: number; count: number; follow: boolean }
  | { type: 'find'; request: number; wanted: FindLine }
  /** The person has gone to this line. */
  | { type: 'cursor'; line: number }
  | { type: 'open'; what: CommandView }
  | { type: 'retry' };

/** What a page keeps through a reload of the window; the host restores the panel from the first two. */
export interface PanelState<View> {
  uri: string;
  /** Which document of the file: a view of a graph, or the name of another document. */
  name: string;
  view: View;
}
