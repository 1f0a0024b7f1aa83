import type { GraphDocument } from './graph.ts';
import type { IcicleDocument } from './icicle.ts';
import type { Kind } from './ids.ts';
import type { FormValues, SimulationDocument } from './simulation.ts';
import type { Place, Position } from './span.ts';
import type { TimelineDocument } from './timeline.ts';
import type { DocumentName, GraphView, TextName } from './views.ts';
import type { Content } from './virtual.ts';

/**
 * Requests and notifications beyond LSP, as plain method names with the types of what they carry.
 * Any editor may use them; none is needed for diagnostics, hovers and navigation.
 */

export interface Contract<Params, Result> {
  method: string;
  /** Only for the compiler: never set. */
  types?: [Params, Result];
}

const request = <P, R>(method: string): Contract<P, R> => ({ method });

/** What there is to show of a document: answered when the analysis is done. */
export const ANALYSIS = request<{ uri: string }, AnalysisInfo | null>('logjam/analysis');
/** What a file is, by its beginning alone: for menus and offers, before anybody waits for an analysis. Null: no file, or no text. */
export const LOOK = request<{ uri: string }, Look | null>('logjam/look');
export const GRAPH = request<{ uri: string; view: GraphView; focus?: string }, GraphDocument<Place> | null>('logjam/graph');
/** What changed from one job graph to another: places are in `other`, those of nodes with a uri of their own in `uri`. */
export const DIFF_GRAPH = request<{ uri: string; other: string }, GraphDocument<Place> | null>('logjam/diffGraph');
/** The node of a graph that stands for what is at a position; `in`: of this file, where several are read as one. */
export const NODE_AT = request<{ uri: string; view: GraphView; position: Position; in?: string }, string | null>('logjam/nodeAt');
/** Documents of the other panels and of commands; null where the kind of file has none of that name. */
export const DOCUMENT = request<DocumentRequest, DocumentOf[DocumentName] | null>('logjam/document');
/** The same for one name: what is answered follows from it. */
export const documentNamed = <N extends DocumentName>(_name: N): Contract<DocumentRequest<N>, DocumentOf[N] | null> => request(DOCUMENT.method);
/** Uri of a virtual document made from a file: a text of its own, or null when the kind has none of that name. */
export const CONTENT_URI = request<Omit<Content, 'title'>, string | null>('logjam/contentUri');
/** Reads a file from disk that the editor does not send (above its size limit); answers with the report's uri. */
export const ANALYSE_FILE = request<{ uri: string }, FileAnalysis | { error: string }>('logjam/analyseFile');
/** A window of lines of a file on the disk; `follow` looks first whether the file has grown. */
export const LINES = request<{ uri: string; from: number; count: number; follow?: boolean }, Lines | null>('logjam/lines');

/** Client to server: nobody waits any more for what is computed of a document. */
export const CANCEL = request<{ uri: string }, void>('logjam/cancel');
/** Client to server: nothing shows these files as one any more; what they were told to hold together is withdrawn. */
export const CLOSE = request<{ uri: string }, void>('logjam/close');

/** Client to server: the analysis, which was ended too often to be started again by itself, is started again. */
export const RESTART = request<Record<string, never>, void>('logjam/restart');

/** The next line of such a file that holds a text; null when none does. */
export const FIND_LINE = request<FindLine & { uri: string }, FoundLine | null>('logjam/findLine');

/** Server to client: a text for the clipboard. */
export const COPY = request<{ text: string }, void>('logjam/copy');
/** Server to client: how far the analysis of a document is. */
export const STATUS = request<StatusParams, void>('logjam/status');
/** Server to client: the analysis has ended so often that it is not started again by itself; `message` says what was left out. */
export const STOPPED = request<{ message: string }, void>('logjam/stopped');
/** Server to client: where the source of a class is in the workspace, or null. */
export const FIND_SOURCE = request<{ package: string; file: string }, string | null>('logjam/findSource');
/** Server to client: a file that the server cannot read itself, as a text when it is open, else as bytes. */
export const READ_FILE = request<{ uri: string }, FileContent | null>('logjam/readFile');
/** Server to client: a file or folder; null when there is neither. */
export const STAT_FILE = request<{ uri: string }, FileEntry | null>('logjam/statFile');
/** Server to client: what is directly in a folder; null when it cannot be listed. */
export const LIST_FILES = request<{ uri: string }, FileEntry[] | null>('logjam/listFiles');
/** Server to client: uris of the workspace's files that match a glob. */
export const FIND_FILES = request<{ glob: string; limit: number }, string[]>('logjam/findFiles');

/** What the documents hold, by name. */
export interface DocumentOf {
  timeline: TimelineDocument<Place>;
  icicle: IcicleDocument<Place>;
  simulation: SimulationDocument;
}

export interface ParametersOf {
  timeline: undefined;
  /** Of which dump, counted from 0, where a file holds several. */
  icicle: { dump?: number } | undefined;
  simulation: FormValues | undefined;
}

export interface DocumentRequest<N extends DocumentName = DocumentName> {
  uri: string;
  name: N;
  parameters?: ParametersOf[N];
}

export interface FileAnalysis {
  kind: Kind;
  dialect: string;
  /** Uri of the virtual document with the report; null where the kind has none. */
  report: string | null;
  views: GraphView[];
  /** Further documents that can be asked for. */
  documents: DocumentName[];
  /** Further texts. */
  contents: TextName[];
  outline: OutlineItem[];
  /** Worst first, capped; `more` says how many are left out. */
  findings: { severity: 'error' | 'warning' | 'info' | 'hint'; message: string; range: Place }[];
  more: number;
}

/** What stands where in a file; capped, the last item then says how many are left out. */
export interface OutlineItem {
  name: string;
  detail?: string;
  line: number;
  children: OutlineItem[];
}

export interface FindLine {
  text: string;
  matchCase: boolean;
  /** The search begins after this line, or before it, and goes on from the other end. */
  from: number;
  backwards: boolean;
}

export interface FoundLine {
  line: number;
  /** The search came past the end of the file, or its beginning. */
  wrapped: boolean;
}

/** One of the two. */
export interface FileContent {
  text?: string;
  base64?: string;
}

export interface FileEntry {
  uri: string;
  folder?: boolean;
  /** In bytes. */
  size: number;
  /** Milliseconds since 1970. */
  modified: number;
}

export interface Lines {
  from: number;
  lines: string[];
  /** Of the file. */
  total: number;
  bytes: number;
}

export interface Look {
  kind: Kind;
  /** Compressed or an archive: `kind` is that of the first text in it. */
  packed: boolean;
}

export interface AnalysisInfo {
  kind: Kind;
  dialect: string;
  views: GraphView[];
  findings: { error: number; warning: number; info: number; hint: number };
  /** Uri of the virtual document with the report. */
  report: string | null;
  /** Why there is nothing to show, where the kind is unknown. */
  problem: string | null;
}

export interface StatusParams {
  uri: string;
  phase: 'analysing' | 'done' | 'cancelled' | 'failed';
  kind?: Kind;
  message?: string;
}
