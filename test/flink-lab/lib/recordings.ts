/** Writing recordings: one folder per version and scenario, with a recording.json that holds the truth. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { atExit } from './processes.ts';
import { FIXTURES } from './toolchain.ts';
import type { Truth } from './truth.ts';

const MAX_FILE_BYTES = 1 << 20;

/** What is put in the place of what. */
export type Replacement = [from: string | RegExp, to: string];

/** A file of a recording, and what it is, for example "jstack -l". */
export interface RecordedFile {
  name: string;
  kind: string;
  bytes: number;
}

/** recording.json */
export interface RecordingDocument {
  flink: string;
  scenario: string;
  java: string;
  /** Day. */
  recorded: string;
  command: string;
  what: string;
  /** What a correct tool must find. */
  expected: Truth;
  files: RecordedFile[];
}

/** Makes a text independent of the machine it was recorded on; `replacements` are applied before the general ones. */
export function scrub(text: string, replacements: readonly Replacement[]): string {
  const general: Replacement[] = [
    [homedir() === '/' ? '' : `${homedir()}/`, '/home/flink/'],
    [wholeWord(hostname()), 'flink-host'],
    [`user.name=${userInfo().username}`, 'user.name=flink'],
    [`OS current user: ${userInfo().username}`, 'OS current user: flink'],
    [`current Hadoop/Kerberos user: ${userInfo().username}`, 'current Hadoop/Kerberos user: flink'],
  ];
  let result = text;
  for (const [from, to] of [...replacements, ...general]) if (from) result = result.replaceAll(from, to);
  return result;
}

/** A host name may be as short as "vm": only where it stands alone, before an address, a port or a bracket. */
function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![\\w.$-])${name.replace(/[^\w-]/g, '\\$&')}(?=[/:)\\]])`, 'g');
}

interface Finish extends Pick<RecordingDocument, 'java' | 'command' | 'what' | 'expected'> {
  /** More fields of recording.json. */
  extra?: Record<string, unknown>;
}

/** A recording that is being written. Files are scrubbed; the folder is replaced when the recording is complete. */
export class Recording {
  readonly #folder: string;
  readonly #version: string;
  readonly #scenario: string;
  readonly #replacements: readonly Replacement[];
  readonly #files: RecordedFile[] = [];
  readonly #draft: string;

  constructor(version: string, scenario: string, { replacements = [], folder }: { replacements?: Replacement[]; folder?: string | undefined } = {}) {
    this.#folder = folder ?? join(FIXTURES, version, scenario);
    this.#version = version;
    this.#scenario = scenario;
    this.#replacements = replacements;
    this.#draft = mkdtempSync(join(tmpdir(), 'logjam-recording-'));
    atExit(() => rmSync(this.#draft, { recursive: true, force: true }));
  }

  /** @param kind what the file is, for recording.json (for example "jstack -l") */
  file(name: string, kind: string, text: string): void {
    const path = join(this.#draft, name);
    writeFileSync(path, scrub(text, this.#replacements));
    const bytes = statSync(path).size;
    if (bytes > MAX_FILE_BYTES) throw new Error(`${path} has ${bytes} bytes: trim it`);
    this.#files.push({ name, kind, bytes });
  }

  /** Ends the recording. `truth` is what a correct tool must find. */
  finish({ java, command, what, expected, extra = {} }: Finish): void {
    const document: RecordingDocument = {
      flink: this.#version,
      scenario: this.#scenario,
      java,
      recorded: new Date().toISOString().slice(0, 10),
      command,
      what,
      ...extra,
      expected,
      files: this.#files,
    };
    writeFileSync(join(this.#draft, 'recording.json'), `${scrub(JSON.stringify(document, null, 2), this.#replacements)}\n`);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(dirname(this.#folder), { recursive: true });
    cpSync(this.#draft, this.#folder, { recursive: true });
    chmodSync(this.#folder, 0o755);
  }
}
