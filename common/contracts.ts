import * as v from 'valibot';
import type { GcChartDocument } from './gcChart.ts';
import type { GraphDocument } from './graph.ts';
import type { IcicleDocument } from './icicle.ts';
import type { Kind } from './ids.ts';
import type { Incident, IncidentVerdict } from './incident.ts';
import type { LogFilterChoices } from './logFilter.ts';
import { amount, flag, formValues, position, text, uri } from './schemas.ts';
import type { SimulationDocument } from './simulation.ts';
import type { Place } from './span.ts';
import type { TimelineDocument } from './timeline.ts';
import { type CommandView, type DocumentName, GRAPH_VIEWS, type GraphView, type RestPart, TEXT_NAMES, type TextName } from './views.ts';
import { UNPACKED } from './virtual.ts';

/**
 * Requests and notifications beyond LSP, as plain method names with the types of what they carry.
 * Any editor may use them; none is needed for diagnostics, hovers and navigation.
 */

export interface Contract<Params, Result> {
  method: string;
  /** Only for the compiler: never set. */
  types?: [Params, Result];
}

/** Of the server. */
const request = <P, R>(method: string): Contract<P, R> => ({ method });

type Schema = v.GenericSchema<unknown, unknown>;
const SCHEMAS = new Map<string, Schema>();

/** Of the client: the type of the parameters is that of a schema, and what does not fit it is refused before anybody looks at it. */
const asked =
  <R>() =>
  <S extends Schema>(method: string, schema: S): Contract<v.InferOutput<S>, R> => {
    SCHEMAS.set(method, schema);
    return { method };
  };

/** Why parameters are none of this method; null where they are, or where the method is not one of ours. */
export function misfit(method: string, params: unknown): string | null {
  const schema = SCHEMAS.get(method);
  const found = schema === undefined ? undefined : v.safeParse(schema, params, { abortEarly: true });
  if (found === undefined || found.success) return null;
  const [issue] = found.issues;
  return `${v.getDotPath(issue) ?? 'params'}: ${issue.message}`;
}

const ofFile = v.object({ uri });
const view = v.picklist(GRAPH_VIEWS);

export const findLine = v.object({
  text: v.pipe(text, v.maxLength(10_000)),
  matchCase: flag,
  /** The search begins after this line, or before it, and goes on from the other end; -1: before the first. */
  from: v.pipe(v.number(), v.integer(), v.minValue(-1)),
  backwards: flag,
});
export type FindLine = v.InferOutput<typeof findLine>;

const PARAMETERS = {
  timeline: v.undefined(),
  'gc-chart': v.undefined(),
  'filter-choices': v.undefined(),
  /** Of which dump, counted from 0, where a file holds several. */
  icicle: v.optional(v.object({ dump: v.exactOptional(amount) })),
  simulation: v.optional(formValues),
} satisfies Record<DocumentName, Schema>;

export type ParametersOf = { [N in DocumentName]: v.InferOutput<(typeof PARAMETERS)[N]> };

export interface DocumentRequest<N extends DocumentName = DocumentName> {
  uri: string;
  name: N;
  parameters?: ParametersOf[N];
}

const document = <N extends DocumentName>(name: N) => v.object({ uri, name: v.literal(name), parameters: v.optional(PARAMETERS[name]) });
const ofDocument = v.variant('name', [
  document('timeline'),
  document('gc-chart'),
  document('filter-choices'),
  document('icicle'),
  document('simulation'),
]);

/** What there is to show of a document: answered when the analysis is done. */
export const ANALYSIS = asked<AnalysisInfo | null>()('logjam/analysis', ofFile);
/** What a file is, by its beginning alone: for menus and offers, before anybody waits for an analysis. Null: no file, or no text. */
export const LOOK = asked<Look | null>()('logjam/look', ofFile);
export const GRAPH = asked<GraphDocument<Place> | null>()('logjam/graph', v.object({ uri, view, focus: v.exactOptional(text) }));
/** What changed from one job graph to another: places are in `other`, those of nodes with a uri of their own in `uri`. */
export const DIFF_GRAPH = asked<GraphDocument<Place> | null>()('logjam/diffGraph', v.object({ uri, other: uri }));
/** The node of a graph that stands for what is at a position; `in`: of this file, where several are read as one. */
export const NODE_AT = asked<string | null>()('logjam/nodeAt', v.object({ uri, view, position, in: v.exactOptional(uri) }));
/** Documents of the other panels and of commands; null where the kind of file has none of that name. */
export const DOCUMENT = asked<DocumentOf[DocumentName] | null>()('logjam/document', ofDocument);
/** The same for one name: what is answered follows from it. */
export const documentNamed = <N extends DocumentName>(_name: N): Contract<DocumentRequest<N>, DocumentOf[N] | null> => request(DOCUMENT.method);
const bound = v.exactOptional(v.pipe(text, v.maxLength(1000)));
const logFilter = v.object({ level: bound, thread: bound, subtask: bound, from: bound, to: bound });

/** Uri of a virtual document made from a file: a text of its own, or null when the kind has none of that name. */
export const CONTENT_URI = asked<string | null>()(
  'logjam/contentUri',
  v.object({
    uri,
    name: v.picklist([...TEXT_NAMES, UNPACKED]),
    part: v.exactOptional(amount),
    other: v.exactOptional(uri),
    filter: v.exactOptional(logFilter),
  }),
);
/** Reads a file from disk that the editor does not send (above its size limit); answers with the report's uri. */
export const ANALYSE_FILE = asked<FileAnalysis | { error: string }>()('logjam/analyseFile', ofFile);
/** A window of lines of a file on the disk; `follow` looks first whether the file has grown. */
export const LINES = asked<Lines | null>()('logjam/lines', v.object({ uri, from: amount, count: amount, follow: v.exactOptional(flag) }));

/**
 * All that lies in files and folders (a set's uri, virtual.ts) joined into one verdict; null where there is nothing to read.
 * `soFar`: while it is read, INCIDENT_SO_FAR tells what was read so far.
 */
export const INCIDENT = asked<IncidentPage | null>()('logjam/incident', v.object({ uri, soFar: v.exactOptional(flag) }));

/** The verdict of that alone; no word is said of the work behind it. Null where there is nothing to read. */
export const VERDICT = asked<IncidentVerdict | null>()('logjam/verdict', ofFile);

/** Checks all files of a folder (or of a set's uri) and tells in each of them what is found; null where the folder cannot be read. */
export const CHECK_FOLDER = asked<CheckedFolder | null>()('logjam/checkFolder', ofFile);

/** What is wrong with a file in at most ten lines of Markdown; null where it is none of ours. */
export const TICKET = asked<string | null>()('logjam/ticket', ofFile);

const MAX_PATH = 10_000;

/**
 * One of the tools for assistants. `uris`: where the paths lie that the input names, as it names them. Null: it was cancelled.
 */
export const ASK_TOOL = asked<ToolAnswer | null>()(
  'logjam/askTool',
  v.object({
    name: v.pipe(text, v.maxLength(100)),
    input: v.record(v.string(), v.unknown()),
    uris: v.record(v.pipe(v.string(), v.maxLength(MAX_PATH)), uri),
  }),
);

/** Client to server: nobody waits any more for what is computed of a document. */
export const CANCEL = asked<void>()('logjam/cancel', ofFile);
/** Client to server: nothing shows these files as one any more; what they were told to hold together is withdrawn. */
export const CLOSE = asked<void>()('logjam/close', ofFile);

/** Client to server: files, folders and sets that the person has opened or named. Only of these, of open documents and of the workspace is anything read. */
export const OPENED = asked<void>()('logjam/opened', v.object({ uris: v.pipe(v.array(uri), v.maxLength(10_000)) }));

/** Client to server: the analysis, which was ended too often to be started again by itself, is started again. */
export const RESTART = asked<void>()('logjam/restart', v.object({}));

/** The next line of such a file that holds a text; null when none does. */
export const FIND_LINE = asked<FoundLine | null>()('logjam/findLine', v.object({ uri, ...findLine.entries }));

/** Server to client: a text for the clipboard. */
export const COPY = request<{ text: string }, void>('logjam/copy');
/** Server to client: the incident by the files that were read so far; its graph comes with the answer. */
export const INCIDENT_SO_FAR = request<{ uri: string; page: IncidentPage }, void>('logjam/incidentSoFar');
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
  'gc-chart': GcChartDocument<Place>;
  icicle: IcicleDocument<Place>;
  simulation: SimulationDocument;
  'filter-choices': LogFilterChoices;
}

/** `wrong`: what whoever asks can put right. */
export type ToolAnswer = { answer: object } | { wrong: string };

export interface FileAnalysis {
  kind: Kind;
  dialect: string;
  /** Uri of the virtual document with the report; null where the kind has none. */
  report: string | null;
  /** What is the matter with it, in one line; null for what is none of ours, and for sources. */
  verdict: string | null;
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

export interface IncidentPage {
  incident: Incident;
  /**
   * Files that it rests on, while others are still being read, or were left as the person had enough of waiting (`over`);
   * null where all were read, as far as they could be.
   */
  soFar: { done: number; of: number; over: boolean } | null;
  /** Where the sources are, by their names in the incident. */
  uris: Record<string, string>;
  /** Of the job, where a plan or an answer about it is among the sources. */
  graph: { uri: string; document: GraphDocument<Place> } | null;
  /** The same as a text for a ticket. */
  markdown: string;
}

export interface CheckedFolder {
  /** That Logjam knows. */
  files: number;
  errors: number;
  warnings: number;
  /** What could not be read, and why. */
  unread: string[];
  /** There are more files than were looked at. */
  more: boolean;
}

/** What stands where in a file; capped, the last item then says how many are left out. */
export interface OutlineItem {
  name: string;
  detail?: string;
  line: number;
  children: OutlineItem[];
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
  /** Of a document of a REST API: what it holds besides itself, if anything. */
  restPart?: RestPart;
}

export interface AnalysisInfo {
  kind: Kind;
  dialect: string;
  views: GraphView[];
  /** Where a person looks first; null where there is nothing to show. */
  first: CommandView | null;
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
  /** What is the matter with the document, in one line: with 'done', where it is one of ours. */
  verdict?: string;
  message?: string;
}
