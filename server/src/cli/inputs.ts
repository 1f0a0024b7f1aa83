import path from 'node:path';
import type { LogAnalysis } from '../core/analysis/log/model.ts';
import { Cancelled } from '../core/checkpoint.ts';
import type { Analysis } from '../core/kinds/kind.ts';
import type { Places } from '../core/places.ts';
import { disk, uriOf } from '../workspace/disk.ts';
import { layered } from '../workspace/fileSystem.ts';
import { gather } from '../workspace/gather.ts';
import { nodePlatform } from '../workspace/node.ts';
import type { Names } from '../workspace/sets.ts';
import { type Analysed, type Asked, type SettingsSource, Workspace } from '../workspace/workspace.ts';
import { Told, UsageError } from './errors.ts';
import type { CommonValues } from './options.ts';
import { failureOf, type Part } from './parts.ts';
import { settingsSource } from './settings.ts';
import { STDIN, stdinFile } from './stdin.ts';
import { direct, err } from './terminal.ts';
import { watch } from './thread.ts';
import { INPUTS, USAGE, WORDS } from './words.ts';

/** A file to look at, as named by the user or found in a folder that the user named. */
export interface Source {
  uri: string;
  /** As it is shown: relative to where the user stands, "-" for standard input. */
  path: string;
  /** In bytes. */
  size: number;
  /** True when the user named this very file: then it is worth a word when it is none of ours. */
  named: boolean;
  /** The named folder that it was found below. */
  root: string | null;
}

/** A text with its analysis, by the name that it is shown under. */
export interface Loaded<A extends Analysis = Analysis> extends Analysed {
  name: string;
  analysis: A;
}

/** What could not be read, by name. */
export interface Failure {
  path: string;
  message: string;
}

/** The files that a command was given. One that cannot be read is told of on standard error and keeps none of the others back. */
export class Inputs {
  readonly settings: SettingsSource;
  readonly workspace: Workspace;
  readonly failures: Failure[] = [];
  /** Something is wrong besides single files: a configuration. */
  #wrong = false;
  readonly #quiet: boolean;

  constructor(values: CommonValues) {
    direct(values);
    this.#quiet = values.quiet;
    this.settings = settingsSource(values, (message) => {
      this.#wrong = true;
      tell(message);
    });
    this.workspace = new Workspace({
      files: layered(stdinFile, disk),
      platform: nodePlatform,
      settings: this.settings,
      buffer: () => undefined,
      watch,
    });
  }

  get places(): Places {
    return this.workspace.places;
  }

  /** The exit code of a command: 2 when the answer leaves something out that was asked for. */
  code(otherwise: number): number {
    return this.failures.length > 0 || this.#wrong ? 2 : otherwise;
  }

  fail(name: string, error: unknown): void {
    if (error instanceof Cancelled) throw error;
    this.#failed(name, failureOf(error).message);
  }

  #failed(name: string, message: string): void {
    this.failures.push({ path: name, message });
    tell(INPUTS.failed(name, message));
  }

  /** What a person may want to know, and --quiet does not. */
  note(message: string): void {
    if (!this.#quiet) tell(message);
  }

  /** Files behind the arguments, folders expanded in the order of their names. */
  async sources(args: readonly string[]): Promise<Source[]> {
    const { files, failed, passedBy, skipped } = await gather(this.workspace.files, urisOf(args));
    for (const { uri, why } of failed) this.fail(shown(args, uri), new Error(why));
    for (const { uri, why } of passedBy) this.note(INPUTS.passedBy(shown(args, uri), why));
    if (skipped.length > 0) this.note(INPUTS.notLookedInto(skipped.map((uri) => shown(args, uri))));
    return files.map(({ uri, size, named, root, below }) => ({
      uri,
      size,
      named,
      path: pathOf(args, root, below),
      root: named ? null : (args[root] ?? null),
    }));
  }

  /** What a source holds: one file, or those of an archive. */
  async *each(source: Source, asked: Asked = {}): AsyncGenerator<Loaded> {
    const told = this.telling(source);
    try {
      for await (const one of this.workspace.each(source.uri, source.path, asked)) {
        if ('left' in one) told.take(one);
        else {
          // What is made of it belongs to it.
          watch.enter(one.document.uri, one.document.settings['logjam.analysis.timeLimit']);
          yield told.take({ part: { ...one.document, name: one.name } }) as Loaded;
          watch.leave();
        }
      }
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      told.take({ failure: failureOf(error) });
    }
    told.end();
  }

  /** Tells of what was left out of a source, and what failed; passes on the rest. */
  telling(source: Source): { take<T>(one: Part<T>): T | null; end(): void } {
    let texts = 0;
    let failed: string | null = null;
    let ended = false;
    return {
      take: (one) => {
        if ('part' in one) {
          texts++;
          return one.part;
        }
        if ('failure' in one) {
          ended = true;
          if (one.failure.tooLarge && !source.named) this.note(INPUTS.leftOut(source.path, one.failure.message));
          else this.#failed(source.path, one.failure.message);
        } else if (one.left.failed || source.named) {
          if (one.left.failed) tell(one.left.message);
          else this.note(one.left.message);
          if (one.left.failed) failed ??= one.left.message;
        }
        return null;
      },
      // Where something came of it, it was read as far as it goes.
      end: () => {
        if (!ended && texts === 0 && (source.named || failed !== null))
          this.failures.push({ path: source.path, message: failed ?? tell(INPUTS.noText(source.path)) });
      },
    };
  }

  /** Nothing came of what was named, and no word was said of it yet. */
  nothing(args: readonly string[], looked: number): void {
    if (this.failures.length === 0) this.note(INPUTS.nothing(args.join(', '), looked));
  }

  /** The one file of a command that takes no more. */
  async one(args: readonly string[], command: string): Promise<Loaded> {
    const [source, more] = await this.sources(args);
    if (this.failures[0] !== undefined) throw new Told();
    if (source === undefined || more !== undefined) throw new UsageError(USAGE.oneFile(command));
    for await (const loaded of this.each(source)) return loaded;
    throw new Told();
  }

  /** JobManager, TaskManagers and rotated files as one, with the GC logs beside them; null where there is no log. */
  async together(args: readonly string[]): Promise<Loaded<LogAnalysis> | null> {
    const found = await this.workspace.set('', urisOf(args), { names: namesFor(args) });
    for (const { message, failed } of found?.left ?? []) {
      tell(message);
      if (failed) this.failures.push({ path: args.join(', '), message });
    }
    if (found?.analysis.kind !== 'flink-log') return null;
    const { analysis } = found;
    return { ...found, analysis, name: analysis.files.map((file) => file.name).join(', ') };
  }
}

/** How the files behind arguments are called. */
export function namesFor(args: readonly string[]): Names {
  return () => (file) => pathOf(args, file.root, file.below);
}

export function urisOf(args: readonly string[]): string[] {
  if (args.length === 0) throw new UsageError(USAGE.noFile);
  return args.map((arg) => (arg === '-' ? STDIN : uriOf(arg)));
}

const pathOf = (args: readonly string[], root: number, below: string): string =>
  below === '' ? (args[root] ?? '') : path.join(args[root] ?? '', below);

/** The name of a file or folder that was named or is below one that was. */
function shown(args: readonly string[], uri: string): string {
  const root = urisOf(args).findIndex((one) => uri === one || uri.startsWith(`${one}/`));
  const below = decodeURIComponent(uri.slice((urisOf(args)[root] ?? '').length + 1));
  return pathOf(args, root, below);
}

/** On standard error. */
export function tell(message: string): string {
  err(WORDS.line(message));
  return message;
}
