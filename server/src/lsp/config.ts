import type { Connection } from 'vscode-languageserver';
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../../../common/settings.ts';
import type { SettingsSource } from '../workspace/workspace.ts';

/** A client that does not answer holds nothing up for longer than this. */
const PATIENCE_MS = 5000;

/** Settings per document, asked of the client once and forgotten when it says that they changed. */
export class Configuration implements SettingsSource {
  #version = 0;
  #supported = false;
  readonly #cache = new Map<string, Promise<Settings>>();
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Another one after every change of the settings. */
  get stamp(): string {
    return String(this.#version);
  }

  enable(): void {
    this.#supported = true;
  }

  changed(): void {
    this.#version++;
    this.#cache.clear();
  }

  of(uri: string): Promise<Settings> {
    if (!this.#supported) return Promise.resolve(DEFAULT_SETTINGS);
    let settings = this.#cache.get(uri);
    if (settings === undefined) {
      settings = Promise.race([
        this.#connection.workspace
          .getConfiguration({ scopeUri: uri, section: 'logjam' })
          .then((section: unknown) => readSettings(flatten('logjam', section)))
          .catch(() => DEFAULT_SETTINGS),
        new Promise<Settings>((resolve) => setTimeout(() => resolve(DEFAULT_SETTINGS), PATIENCE_MS)),
      ]);
      this.#cache.set(uri, settings);
    }
    return settings;
  }
}

/** `{log: {patterns: []}}` as the client sends it, keyed like the settings table. */
function flatten(prefix: string, value: unknown, into: Record<string, unknown> = {}): Record<string, unknown> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, child] of Object.entries(value)) flatten(`${prefix}.${key}`, child, into);
  } else {
    into[prefix] = value;
  }
  return into;
}
