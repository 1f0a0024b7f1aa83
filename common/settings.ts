/** Every setting once: scripts/manifest.ts writes package.json and docs/settings.md from this table. */

export interface Setting {
  type: 'boolean' | 'string' | 'number' | 'array';
  default: boolean | string | number | string[];
  /** Markdown, one to three sentences. */
  description: string;
  /** Allowed values with their meaning, for strings. */
  values?: Record<string, string>;
  minimum?: number;
  /** `machine`: what a workspace says of it does not count. */
  scope?: 'machine' | 'machine-overridable' | 'resource' | 'window';
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
      'Folders with the Java sources behind the frames of a dump or log: whole paths, paths from `~` on, or paths below a folder of the workspace. The workspace folders are always searched.',
    scope: 'machine-overridable',
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
  'logjam.analysis.timeLimit': {
    type: 'number',
    default: 30,
    minimum: 1,
    description:
      'Seconds that the analysis of a file may take, for each 50 MB of it. One that takes longer is stopped, and a problem says so; the file is left out until it changes.',
    scope: 'resource',
  },
  'logjam.inlayHints': {
    type: 'boolean',
    default: true,
    description: "Show the owner's name behind a lock and the vertex behind an id.",
    scope: 'resource',
  },
  'logjam.mcpServer': {
    type: 'boolean',
    default: false,
    description:
      'Offer the tools for assistants as a server of the Model Context Protocol too. The chat of VS Code has them without it; this is for extensions with a chat of their own.',
    scope: 'window',
  },
  'logjam.java.files': {
    type: 'array',
    default: [],
    description:
      'Java files that are checked although they do not use Flink: parts of their path, for example `/my-connector/`. Files that use Flink are always checked.',
    scope: 'resource',
  },
  'logjam.java.callbacks': {
    type: 'array',
    default: [],
    description:
      'Names of methods of your own that call back or take locks, for example `notifyListeners`: calling them while a lock is held is reported as well.',
    scope: 'resource',
  },
  'logjam.snapshot.redact': {
    type: 'array',
    default: [],
    description:
      'Texts that are removed from snapshots of a cluster wherever they stand, for example the name of a customer. What is secret by its name or form is removed anyway; on the command line `--redact` does the same.',
    scope: 'window',
  },
  'logjam.watch.snapshot': {
    type: 'string',
    default: 'offer',
    values: {
      offer: 'A notification offers a snapshot, and one with thread dumps.',
      take: 'A snapshot is taken without thread dumps, at most one in ten minutes and five of a cluster.',
      takeWithDumps:
        'With three thread dumps of the TaskManagers concerned. A dump stops all threads of the process; up to Flink 2.3 one of some ten thousand threads can fail healthy jobs.',
    },
    description: 'What is done at the moment at which a checkpoint of a watched cluster expires or a job of it restarts or fails.',
    scope: 'machine',
  },
  'logjam.watch.folder': {
    type: 'string',
    default: '',
    description: 'The folder, by its whole path, for snapshots that are taken by themselves. Empty: the storage of the extension.',
    scope: 'machine',
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

/** Takes what a client says and keeps the values that fit; anything else falls back to the default. */
export function readSettings(raw: Readonly<Record<string, unknown>>): Settings {
  return { ...DEFAULT_SETTINGS, ...checkSettings(raw).values };
}

/** The values that fit, and what is wrong with the others, in words. */
export function checkSettings(raw: Readonly<Record<string, unknown>>): { values: Partial<Settings>; problems: string[] } {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [key, value] of Object.entries(raw)) {
    const setting = settingOf(key);
    const wrong = setting === null ? unknownKey(key) : misfit(key, setting, value);
    if (wrong === null) values[key] = value;
    else problems.push(wrong);
  }
  return { values: values as Partial<Settings>, problems };
}

/**
 * Settings as `key=value` (of a command line); the key may leave "logjam." out. Of a list each occurrence is one item.
 */
export function parseSettings(assignments: readonly string[]): { values: Partial<Settings>; problems: string[] } {
  const raw: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const assignment of assignments) {
    const [, name = '', text = ''] = /^([^=]*)=(.*)$/s.exec(assignment) ?? [];
    const key = settingOf(name) === null ? `logjam.${name}` : name;
    const setting = settingOf(key);
    if (!assignment.includes('=')) problems.push(`"${assignment}" is not a setting: write KEY=VALUE`);
    else if (setting === null) problems.push(unknownKey(name));
    else if (setting.type === 'array') raw[key] = [...((raw[key] as string[] | undefined) ?? []), text];
    else raw[key] = setting.type === 'string' ? text : plainValue(text);
  }
  const checked = checkSettings(raw);
  return { values: checked.values, problems: [...problems, ...checked.problems] };
}

const settingOf = (key: string): Setting | null => (Object.hasOwn(SETTINGS, key) ? SETTINGS[key as SettingKey] : null);

const unknownKey = (key: string): string => `there is no setting "${key}"; the settings are ${Object.keys(SETTINGS).join(', ')}`;

/** A number or a truth value, else the text itself, which then does not fit. */
function plainValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

function misfit(key: string, setting: Setting, value: unknown): string | null {
  const shown = JSON.stringify(value);
  if (setting.type === 'array')
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? null : `${key} is a list of texts, not ${shown}`;
  if (typeof value !== setting.type) return `${key} is a ${setting.type}, not ${shown}`;
  if (typeof value === 'number' && value < (setting.minimum ?? -Infinity)) return `${key} is at least ${setting.minimum}, not ${shown}`;
  if (setting.values !== undefined && !Object.hasOwn(setting.values, String(value)))
    return `${key} is one of ${Object.keys(setting.values).join(', ')}, not ${shown}`;
  return null;
}
