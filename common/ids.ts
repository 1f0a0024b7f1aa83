/** Identifiers that the manifest, the client and the server must agree on. */

export const LANGUAGES = {
  threadDump: 'java-threaddump',
  flinkLog: 'flink-log',
  gcLog: 'gc-log',
} as const;

/** Virtual documents of the server (summaries, reports, explanations). */
export const SCHEME = 'logjam';

export const VIEWS = {
  graph: 'logjam.graph',
  timeline: 'logjam.timeline',
  icicle: 'logjam.icicle',
  report: 'logjam.report',
  largeFile: 'logjam.largeFile',
} as const;

export type Kind = 'thread-dump' | 'flink-log' | 'gc-log' | 'job-graph' | 'java-source' | 'unknown';
