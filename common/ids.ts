/** Identifiers that the manifest, the client and the server must agree on. */

export const LANGUAGES = {
  threadDump: 'java-threaddump',
  flinkLog: 'flink-log',
  gcLog: 'gc-log',
} as const;

/** Virtual documents of the server (summaries, reports, explanations). */
export const SCHEME = 'logjam';

/** Answers of clusters, as files of a read-only file system. */
export const FLINK_SCHEME = 'flink';

/** The view with the clusters. */
export const CLUSTER_VIEW = 'logjam.clusters';

/** Types of our webviews. */
export const PANELS = {
  graph: 'logjam.graph',
  timeline: 'logjam.timeline',
  icicle: 'logjam.icicle',
  gcChart: 'logjam.gcChart',
  report: 'logjam.report',
  incident: 'logjam.incident',
  largeFile: 'logjam.largeFile',
} as const;

/** Of the provider of `logjam mcp`. */
export const MCP_PROVIDER = 'logjam.mcp';

/** How the product treats a kind of file, wherever it is not the kind's own code that does. */
export interface KindTraits {
  /** What a person calls such a file. */
  name: string;
  /** Language of its documents that is ours: plain texts of this kind are given it. */
  language?: (typeof LANGUAGES)[keyof typeof LANGUAGES];
  /** Also looked for in documents of JSON, and of YAML, which belong to other extensions as well. */
  inJson?: true;
  inYaml?: true;
  /** Several files are read as one set: rotated files and processes of a cluster. */
  together?: true;
}

export const KINDS = {
  'thread-dump': { name: 'thread dump', language: LANGUAGES.threadDump, inJson: true },
  'flink-log': { name: 'Flink log', language: LANGUAGES.flinkLog, inJson: true, together: true },
  'gc-log': { name: 'GC log', language: LANGUAGES.gcLog },
  'job-graph': { name: 'job graph', inJson: true },
  'rest-document': { name: 'REST document', inJson: true, inYaml: true },
  'java-source': { name: 'Java source' },
  unknown: { name: 'file' },
} as const satisfies Record<string, KindTraits>;

export type Kind = keyof typeof KINDS;

export const traitsOf = (kind: Kind): KindTraits => KINDS[kind];
