import type { ParseArgsConfig } from 'node:util';

/** Options by name, as parseArgs takes them. */
export type Options = NonNullable<ParseArgsConfig['options']>;

/** For parseArgs: the options of every command that reads files. */
export const COMMON_OPTIONS = {
  'flink-version': { type: 'string' },
  setting: { type: 'string', multiple: true, default: [] as string[] },
  output: { type: 'string', short: 'o' },
  quiet: { type: 'boolean', short: 'q', default: false },
} as const satisfies Options;

/** What the options on settings say. */
export interface SettingValues {
  'flink-version'?: string | undefined;
  setting: string[];
}

/** What those options say. */
export interface CommonValues extends SettingValues {
  /** The file that takes what else goes to standard output. */
  output?: string | undefined;
  /** Neither progress nor notes. */
  quiet: boolean;
}

export const CHECK_OPTIONS = {
  ...COMMON_OPTIONS,
  format: { type: 'string', default: 'text' },
  'fail-on': { type: 'string', default: 'error' },
  'min-severity': { type: 'string', default: 'hint' },
  fix: { type: 'boolean', default: false },
  diff: { type: 'boolean', default: false },
} as const;

/** How a cluster is reached. */
const ACCESS_OPTIONS = { access: { type: 'string' } } as const satisfies Options;

/** What is asked of a cluster. */
const SNAPSHOT_OPTIONS = {
  ...ACCESS_OPTIONS,
  job: { type: 'string', multiple: true, default: [] as string[] },
  dumps: { type: 'string' },
  lite: { type: 'boolean', default: false },
  interval: { type: 'string' },
  taskmanager: { type: 'string', multiple: true, default: [] as string[] },
  logs: { type: 'string' },
  'max-megabytes': { type: 'string' },
  'max-seconds': { type: 'string' },
  redact: { type: 'string', multiple: true, default: [] as string[] },
} as const satisfies Options;

export const REPORT_OPTIONS = { ...COMMON_OPTIONS, ...SNAPSHOT_OPTIONS, format: { type: 'string', default: 'markdown' } } as const;

export const COLLECT_OPTIONS = {
  ...SNAPSHOT_OPTIONS,
  out: { type: 'string' },
  quiet: COMMON_OPTIONS.quiet,
} as const satisfies Options;

export const WATCH_OPTIONS = {
  ...COMMON_OPTIONS,
  ...ACCESS_OPTIONS,
  job: SNAPSHOT_OPTIONS.job,
  interval: SNAPSHOT_OPTIONS.interval,
  times: { type: 'string' },
} as const satisfies Options;

export const GRAPH_OPTIONS = {
  ...COMMON_OPTIONS,
  view: { type: 'string' },
  format: { type: 'string', default: 'svg' },
  focus: { type: 'string' },
} as const;

export const RELATIONS_OPTIONS = {
  ...COMMON_OPTIONS,
  format: { type: 'string', default: 'text' },
  gc: { type: 'string', default: '' },
  together: { type: 'boolean', default: false },
} as const;

/** Files that come over standard input, and not as arguments. */
export const DIGEST_OPTIONS = {
  ...COMMON_OPTIONS,
  frames: { type: 'boolean', default: false },
  paths: { type: 'boolean', default: false },
} as const;

export const DIFF_OPTIONS = { ...COMMON_OPTIONS, format: { type: 'string', default: 'text' } } as const;

export const ASK_OPTIONS = { ...COMMON_OPTIONS, input: { type: 'string', default: '{}' } } as const;

const { 'flink-version': version, setting } = COMMON_OPTIONS;
/** Of what serves until its client goes. */
export const MCP_OPTIONS = {
  'flink-version': version,
  setting,
  ...ACCESS_OPTIONS,
  cluster: { type: 'string', multiple: true, default: [] as string[] },
} as const;

export const SIMULATE_OPTIONS = {
  ...COMMON_OPTIONS,
  capacity: { type: 'string', multiple: true, default: [] as string[] },
  amplify: { type: 'string', multiple: true, default: [] as string[] },
  policy: { type: 'string', default: 'none' },
  spill: { type: 'boolean', default: false },
  records: { type: 'string' },
  'feedback-buffers': { type: 'string' },
  seed: { type: 'string' },
  bound: { type: 'string' },
  ticks: { type: 'string' },
  format: { type: 'string', default: 'text' },
  plot: { type: 'string' },
  steps: { type: 'boolean', default: false },
} as const;
