/** Every setting once: scripts/manifest.ts writes package.json and docs/settings.md from this table. */

export interface Setting {
  type: 'boolean' | 'string' | 'number' | 'array';
  default: boolean | string | number | string[];
  /** Markdown, one to three sentences. */
  description: string;
  /** Allowed values with their meaning, for strings. */
  values?: Record<string, string>;
  minimum?: number;
  scope?: 'resource' | 'window';
}

export const SETTINGS = {
  'logjam.detect': {
    type: 'boolean',
    default: true,
    description: 'Recognise thread dumps, Flink logs and GC logs by their content and set the language of plain-text documents accordingly.',
    scope: 'window',
  },
  'logjam.sourceRoots': {
    type: 'array',
    default: [],
    description:
      'Folders (absolute or relative to the workspace) that hold the Java sources behind the frames of a dump or log. The workspace folders are always searched.',
    scope: 'resource',
  },
  'logjam.flinkVersion': {
    type: 'string',
    default: '',
    description: 'The Flink version of the files, for example `1.17.2`. Empty: taken from jar tags, the start banner or the line numbers of frames.',
    scope: 'resource',
  },
  'logjam.log.patterns': {
    type: 'array',
    default: [],
    description: 'Log4j or Logback pattern strings of log layouts of your own, for example `%d{ISO8601} %-5p %c{1} - %m%n`.',
    scope: 'resource',
  },
  'logjam.longWaitThreads': {
    type: 'number',
    default: 5,
    minimum: 2,
    description: 'A lock that holds up at least this many threads is reported as a warning.',
    scope: 'resource',
  },
  'logjam.inlayHints': {
    type: 'boolean',
    default: true,
    description: "Show the owner's name behind a lock and the vertex behind an id.",
    scope: 'resource',
  },
  'logjam.java.files': {
    type: 'array',
    default: [],
    description:
      'Java files that are checked although they do not mention Flink: parts of their path, for example `/my-connector/`. Files that use Flink are always checked.',
    scope: 'resource',
  },
  'logjam.java.callbacks': {
    type: 'array',
    default: [],
    description:
      'Names of methods of your own that call back or take locks, for example `notifyListeners`: calling them while a lock is held is reported as well.',
    scope: 'resource',
  },
} as const satisfies Record<string, Setting>;

export type SettingKey = keyof typeof SETTINGS;

type ValueOf<S extends Setting> = S['type'] extends 'boolean'
  ? boolean
  : S['type'] extends 'number'
    ? number
    : S['type'] extends 'array'
      ? readonly string[]
      : string;

export type Settings = { readonly [K in SettingKey]: ValueOf<(typeof SETTINGS)[K]> };

/** `choose` gives each key a value of its type. */
function settingsFrom(choose: (key: SettingKey, setting: Setting) => unknown): Settings {
  const values: { [K in SettingKey]?: unknown } = {};
  for (const key of Object.keys(SETTINGS) as SettingKey[]) values[key] = choose(key, SETTINGS[key]);
  return values as Settings;
}

export const DEFAULT_SETTINGS: Settings = settingsFrom((_, setting) => setting.default);

/** Takes what a client or a file says and keeps the values of the right type; anything else falls back to the default. */
export function readSettings(raw: Readonly<Record<string, unknown>>): Settings {
  return settingsFrom((key, setting) => {
    const value = raw[key];
    const fits = setting.type === 'array' ? Array.isArray(value) && value.every((item) => typeof item === 'string') : typeof value === setting.type;
    return fits ? value : setting.default;
  });
}
