import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { IncidentVerdict } from '../../common/incident.ts';
import { mergeAll } from '../../server/src/core/incident/digest/merge.ts';
import type { Digest } from '../../server/src/core/incident/digest/model.ts';
import { analyse, digest } from '../../server/src/core/kinds/index.ts';
import { LineIndex } from '../../server/src/core/text.ts';

export const RECORDINGS = 'test/fixtures/flink';

/** Every folder of recordings, as "2.3.0/word-count". */
export const recordings = (): string[] =>
  readdirSync(RECORDINGS).flatMap((version) =>
    statSync(path.join(RECORDINGS, version)).isDirectory() ? readdirSync(path.join(RECORDINGS, version)).map((name) => `${version}/${name}`) : [],
  );

/** The files of a folder by name; recording.json is no file of an incident. */
export function filesIn(folder: string): { name: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => name !== 'recording.json' && statSync(path.join(folder, name)).isFile())
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
}

export async function digestOf(name: string, text: string): Promise<Digest> {
  const analysis = await analyse({ uri: `file:///${name}`, text });
  const index = new LineIndex(text);
  return digest(analysis, {
    name,
    bytes: text.length,
    text,
    lineOf: (where) => index.lineOf('span' in where ? where.span.start : where.start),
  });
}

export async function digestsOf(files: readonly { name: string; text: string }[]): Promise<Digest[]> {
  const digests: Digest[] = [];
  for (const { name, text } of files) digests.push(await digestOf(name, text));
  return digests;
}

const readBefore = new Map<string, Promise<{ name: string; digest: Digest }[]>>();

/** The digests of a recording's files by name; whoever asks again gets the same reading. */
export function digestsOfRecording(recording: string): Promise<{ name: string; digest: Digest }[]> {
  const files = () => filesIn(path.join(RECORDINGS, recording));
  const found = readBefore.get(recording) ?? Promise.all(files().map(async ({ name, text }) => ({ name, digest: await digestOf(name, text) })));
  readBefore.set(recording, found);
  return found;
}

/** All of a recording, or those of its files that are wanted. */
export async function digestOfRecording(recording: string, wanted = /^/): Promise<Digest> {
  return mergeAll((await digestsOfRecording(recording)).flatMap(({ name, digest }) => (wanted.test(name) ? [digest] : [])));
}

/** The cause of a recording, null where nothing is wrong; undefined where none is stated. */
export function causeOf(folder: string): string | null | undefined {
  const recording = JSON.parse(readFileSync(path.join(RECORDINGS, folder, 'recording.json'), 'utf8')) as { expected?: { cause?: string | null } };
  return recording.expected?.cause;
}

/**
 * Does a verdict name the cause? Where nothing is wrong it says so, or that what is here does not show it: without dumps,
 * checkpoints, figures or an end a job that hangs looks the same.
 */
export function fits(cause: string | null | undefined, { code }: IncidentVerdict): boolean {
  return cause === null ? code === 'healthy' || code === 'not-assessed' : code === cause;
}
