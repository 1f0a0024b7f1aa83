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

export const digestOfFolder = async (folder: string): Promise<Digest> => mergeAll(await digestsOf(filesIn(folder)));

/** The cause of a recording, null where nothing is wrong; undefined where none is stated. */
export function causeOf(folder: string): string | null | undefined {
  const recording = JSON.parse(readFileSync(path.join(RECORDINGS, folder, 'recording.json'), 'utf8')) as { expected?: { cause?: string | null } };
  return recording.expected?.cause;
}

/**
 * Does a verdict name the cause? Where nothing is wrong it says so, or that what is here does not show it: without dumps,
 * checkpoints or an end a job that hangs looks the same.
 */
export function fits(cause: string | null | undefined, { code }: IncidentVerdict): boolean {
  return cause === null ? code === 'healthy' || code === 'not-assessed' : code === cause;
}
