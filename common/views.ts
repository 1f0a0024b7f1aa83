import type { Kind } from './ids.ts';

/**
 * Everything that there is to see of a file besides its own text, once: names, titles, commands and menus follow from
 * this table, and so do the types of what is asked for by a name (contracts.ts) and of what a kind of file has to bring
 * (core/kinds/kind.ts).
 */
export interface View {
  /** A graph (GRAPH), a document of another panel (DOCUMENT), or a text of its own (CONTENT_URI, virtual.ts). */
  form: 'graph' | 'document' | 'text';
  /** Kinds of files that have it. */
  kinds: readonly Kind[];
  /** Of the documents of a REST API only these have it, as a look at them (contracts.ts) tells; absent: all. */
  restParts?: readonly RestPart[];
  /** Of its panel, before the name of the file. */
  title?: string;
  /** On the button that opens it. */
  label?: string;
  /** Shows it for the active document; common/commands.ts says more. */
  command?: `logjam.${string}`;
  /** The text is Markdown. */
  markdown?: boolean;
}

/** What a document of a REST API holds besides itself: failures, which read as a log, samples of threads, or failures and jobs. */
export type RestPart = 'exceptions' | 'archive' | 'samples';

const FAILURES: readonly RestPart[] = ['exceptions', 'archive'];
const JOBS: readonly RestPart[] = ['archive'];

/** In the order of the buttons; of a file's graphs the first is the one that is shown where nobody names one. */
export const VIEWS = {
  report: {
    form: 'text',
    kinds: ['thread-dump', 'flink-log', 'gc-log', 'job-graph', 'rest-document'],
    title: 'Report',
    label: 'Report',
    command: 'logjam.openReport',
    markdown: true,
  },
  /** Heap and pauses over time. */
  'gc-chart': { form: 'document', kinds: ['gc-log'], title: 'GC', label: 'Chart', command: 'logjam.showGcChart' },
  /** Threads with the same stack, together. */
  stacks: { form: 'text', kinds: ['thread-dump'], title: 'Stacks', label: 'Stacks', command: 'logjam.showStacks', markdown: true },
  timeline: {
    form: 'document',
    kinds: ['flink-log', 'rest-document'],
    restParts: FAILURES,
    title: 'Timeline',
    label: 'Timeline',
    command: 'logjam.showTimeline',
  },
  'lock-wait': { form: 'graph', kinds: ['thread-dump'], title: 'Locks', label: 'Lock-wait graph', command: 'logjam.showLockGraph' },
  icicle: {
    form: 'document',
    kinds: ['thread-dump', 'flink-log', 'rest-document'],
    restParts: [...FAILURES, 'samples'],
    title: 'Call tree',
    label: 'Call tree',
    command: 'logjam.showCallTree',
  },
  job: { form: 'graph', kinds: ['job-graph', 'rest-document'], restParts: JOBS, title: 'Job', label: 'Job graph', command: 'logjam.showJobGraph' },
  scopes: { form: 'graph', kinds: ['job-graph', 'rest-document'], restParts: JOBS, title: 'Scopes', label: 'Scopes', command: 'logjam.showScopes' },
  calls: {
    form: 'graph',
    kinds: ['flink-log', 'rest-document'],
    restParts: FAILURES,
    title: 'Calls',
    label: 'Call graph',
    command: 'logjam.showCallGraph',
  },
  relations: { form: 'text', kinds: ['flink-log'], title: 'Relationships', label: 'Relationships', command: 'logjam.showRelations', markdown: true },
  simulation: { form: 'document', kinds: ['job-graph'], command: 'logjam.simulate' },
  /** Records that a filter keeps; what there is to filter by. */
  filtered: { form: 'text', kinds: ['flink-log'] },
  'filter-choices': { form: 'document', kinds: ['flink-log'] },
  /** One stack trace, written out with the frames that it has in common with the one that it caused. */
  trace: { form: 'text', kinds: ['flink-log', 'rest-document'], restParts: FAILURES },
  /** In a form in which equal things look equal, for two files side by side. */
  normalised: { form: 'text', kinds: ['thread-dump', 'job-graph'] },
  /** A dump whose threads share lines, with a line for each frame. */
  readable: { form: 'text', kinds: ['thread-dump'] },
  /** What changed between files, in words. */
  comparison: { form: 'text', kinds: ['thread-dump', 'job-graph'], title: 'Comparison', markdown: true },
  'suggested-change': { form: 'text', kinds: ['thread-dump'], markdown: true },
} as const satisfies Record<string, View>;

export type ViewName = keyof typeof VIEWS;

type Named<F extends View['form']> = { [N in ViewName]: (typeof VIEWS)[N]['form'] extends F ? N : never }[ViewName];

export type GraphView = Named<'graph'>;
export type DocumentName = Named<'document'>;
export type TextName = Named<'text'>;

/** Names of those of some views that a kind of file has. */
export type OfKind<N extends ViewName, K extends Kind> = { [V in N]: K extends (typeof VIEWS)[V]['kinds'][number] ? V : never }[N];

/** Views that a command shows. */
export type CommandView = { [N in ViewName]: (typeof VIEWS)[N] extends { command: string } ? N : never }[ViewName];

/** Those that a button opens. */
export type LabelledView = { [N in ViewName]: (typeof VIEWS)[N] extends { label: string; command: string } ? N : never }[ViewName];

export const VIEW_NAMES = Object.keys(VIEWS) as ViewName[];

export const isViewName = (name: string): name is ViewName => Object.hasOwn(VIEWS, name);

const viewOf = (name: ViewName): View => VIEWS[name];

export const isGraphView = (name: ViewName): name is GraphView => viewOf(name).form === 'graph';
export const isDocumentName = (name: ViewName): name is DocumentName => viewOf(name).form === 'document';
export const isTextName = (name: ViewName): name is TextName => viewOf(name).form === 'text';
export const isCommandView = (name: ViewName): name is CommandView => viewOf(name).command !== undefined;

export const isLabelledView = (name: ViewName): name is LabelledView => viewOf(name).label !== undefined;
/** Texts that a panel shows as a page: they have a title. */
export type PageName = { [N in TextName]: (typeof VIEWS)[N] extends { title: string } ? N : never }[TextName];
export const isPageName = (name: string): name is PageName => TEXT_NAMES.some((one) => one === name && viewOf(one).title !== undefined);

export const isMarkdownText = (name: TextName): boolean => viewOf(name).markdown === true;

export const GRAPH_VIEWS: readonly GraphView[] = VIEW_NAMES.filter(isGraphView);
export const TEXT_NAMES: readonly TextName[] = VIEW_NAMES.filter(isTextName);

/** What a kind of file has to show. */
export function viewsOf(kind: Kind): ViewName[] {
  return VIEW_NAMES.filter((name) => viewOf(name).kinds.includes(kind));
}

export function hasView(kind: Kind, name: ViewName): boolean {
  return viewOf(name).kinds.includes(kind);
}
