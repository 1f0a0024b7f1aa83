import { EMPTY_SPAN } from '../../../common/span.ts';
import { baseName, commonFolder, contentUri } from '../../../common/virtual.ts';
import { Cancelled, type Checkpoint, TookTooLong } from '../core/checkpoint.ts';
import { detect } from '../core/detect.ts';
import type { LogFile, StreamedFile } from '../core/kinds/logSet.ts';
import type { FailuresDocument } from '../core/log/restExceptions.ts';
import { LARGE_FILE } from '../core/log/streaming/largeFile.ts';
import { type Problem, type ProblemCode, type ProblemFacts, problem } from '../core/problems.ts';
import { textsIn } from './archives.ts';
import type { FileSystem } from './fileSystem.ts';
import { type Found, type Gathered, gather, reason } from './gather.ts';
import { opener } from './lines.ts';
import type { Platform } from './platform.ts';

const MAX_FILES = 1000;
/** Of what is no file at all so many are named. */
const MAX_NAMED = 20;
/** Texts that are in memory together; what comes after is left out. In characters. */
const MAX_TEXT = 400 * 1024 * 1024;

/** Never logs, though they may be many or large in a folder. */
const NO_LOG = /\.(?:jar|war|class|png|jpe?g|gif|svg|pdf|hprof|jfr|so|dll|exe|java|scala|kt|py|[jt]s|html?|css|md|ya?ml|properties|xml)$/i;

/** A file that may be one of a set. */
export interface Member {
  uri: string;
  /** As it is shown. */
  name: string;
  size: number;
  named: boolean;
}

/** What was left out and why; `failed`: it was meant to be read. */
export interface LeftOut extends Problem {
  failed: boolean;
}

/** Said of a file, or of the files as a whole. */
export const leftOut = <C extends ProblemCode>(code: C, facts: ProblemFacts[C], failed: boolean): LeftOut => ({
  ...problem(code, facts, EMPTY_SPAN),
  failed,
});

/** The files of a set by what they are. */
export interface Sorted {
  logs: (LogFile | StreamedFile)[];
  gcLogs: LogFile[];
  left: LeftOut[];
}

/** How files are called, once all of them are known. */
export type Names = (found: readonly Found[]) => (file: Found) => string;

export type Say = (message: string) => void;

/** How the files of a set are called: from the folder on that holds all of them. */
export const shortNames: Names = (found) => {
  const base = commonFolder(found.map(({ uri }) => uri));
  return ({ uri }) => decodeURIComponent(uri.slice(base.length));
};

/** The files that a set may be made of; `names` calls them. */
export async function membersOf(
  files: FileSystem,
  together: readonly string[],
  names: Names = shortNames,
): Promise<{ members: Member[]; left: LeftOut[]; gathered: Gathered }> {
  const gathered = await gather(files, together, { limit: MAX_FILES, wanted: (uri) => !NO_LOG.test(uri) });
  const nameOf = names(gathered.files);
  const members = gathered.files.map((found) => ({ uri: found.uri, name: nameOf(found), size: found.size, named: found.named }));
  const left = gathered.failed.map(({ uri, why }) => leftOut('file-missing', { file: baseName(uri), why }, true));
  for (const { uri, why } of gathered.passedBy.slice(0, MAX_NAMED)) left.push(leftOut('file-passed-by', { file: baseName(uri), why }, false));
  if (gathered.more) left.push(leftOut('files-beyond', { most: MAX_FILES }, false));
  return { members, left, gathered };
}

/** Reads the members that are texts and sorts all of them. One that cannot be read is told of and keeps none of the others back. */
export async function sortMembers(files: FileSystem, platform: Platform, members: readonly Member[], work: Checkpoint, say: Say): Promise<Sorted> {
  const sorted: Sorted = { logs: [], gcLogs: [], left: [] };
  const room = { text: MAX_TEXT };
  for (const [index, member] of members.entries()) {
    say(`opening ${member.name}, ${index + 1} of ${members.length}`);
    try {
      await add(files, platform, member, work, sorted, room);
    } catch (error) {
      if (error instanceof Cancelled || error instanceof TookTooLong) throw error;
      sorted.left.push(leftOut('file-unreadable', { file: member.name, why: reason(error) }, true));
    }
    await work.pause();
  }
  return sorted;
}

async function add(files: FileSystem, platform: Platform, member: Member, work: Checkpoint, sorted: Sorted, room: { text: number }): Promise<void> {
  const { uri, name, size, named } = member;
  const leave = <C extends ProblemCode>(code: C, facts: ProblemFacts[C], failed = named) => sorted.left.push(leftOut(code, facts, failed));
  if (size > LARGE_FILE) {
    const open = await opener(files, uri);
    const head = open === null || platform.streams === null ? null : await platform.streams.headOf(open);
    if (open !== null && head?.kind === 'flink-log' && platform.streams !== null) {
      sorted.logs.push(await platform.streams.streamedFile(open, head, { name, uri }, work));
      return;
    }
    if (head === null || (head.kind !== 'packed' && head.kind !== 'gc-log')) {
      leave('file-too-large', { file: name, megabytes: LARGE_FILE >> 20 });
      return;
    }
  }
  const found = await textsIn(files, platform, uri, name);
  if (found === null) {
    leave('file-unreadable', { file: name, why: null }, true);
    return;
  }
  for (const told of found.problems) leave('packed', told, true);
  if (named) for (const binary of found.binary) leave('file-without-text', { file: binary });
  for (const [part, { name: title, text }] of found.texts.entries()) {
    const { kind } = detect(text);
    const exceptions = kind === 'rest-document' ? await exceptionsOf(text, work) : [];
    if (kind !== 'flink-log' && kind !== 'gc-log' && exceptions.length === 0) {
      if (named) leave('file-without-log', { file: title });
    } else if (text.length > room.text) {
      leave('text-too-long', { file: title, megabytes: MAX_TEXT >> 20 }, true);
    } else {
      room.text -= text.length;
      const file = { name: title, uri: found.packed ? entryUri(uri, part, title) : uri, text };
      if (kind === 'gc-log') sorted.gcLogs.push(file);
      else sorted.logs.push(exceptions.length === 0 ? file : { ...file, exceptions });
    }
  }
}

async function exceptionsOf(text: string, work: Checkpoint): Promise<FailuresDocument[]> {
  const { failuresIn } = await import('../core/analysis/rest/model.ts');
  const { parseRest } = await import('../core/rest/parse.ts');
  return failuresIn(await parseRest(text, work));
}

/** The virtual document with one of the texts of a compressed file; `name`: "logs.zip!jobmanager.log". */
export function entryUri(uri: string, part: number, name: string): string {
  const title = baseName(name.slice(name.lastIndexOf('!') + 1).replaceAll('%', '%25')).replace(/\.gz$/, '');
  return contentUri({ name: 'text', uri, part, title });
}

/** That a set has nothing to show, and why. */
export const noLog = (looked: number, gcLogs: number, left: readonly LeftOut[], skipped: readonly string[]): Problem =>
  problem(
    'no-log-in-set',
    { looked, gcLogs, skipped: [...new Set(skipped.map(baseName))], left: left.slice(0, 5).map(({ message }) => message) },
    EMPTY_SPAN,
  );
