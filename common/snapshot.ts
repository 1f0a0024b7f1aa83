import * as v from 'valibot';
import { isoTime } from './isoTime.ts';

/**
 * The manifest of a snapshot of a cluster: what was asked, what came of it, and what was left out. It lies beside the files, as
 * `manifest.json`, and whoever reads the folder learns from it what is missing.
 */

export const MANIFEST = 'manifest.json';

/**
 * `ok`: the file holds the whole answer; `partly`: as much of it as was wanted; `cut`: what came before it broke off; `absent`: the cluster does not have it, which is no fault;
 * `failed`: it was asked for in vain; `left-out`: it was not asked for.
 */
const status = v.picklist(['ok', 'partly', 'cut', 'absent', 'failed', 'left-out']);

const call = v.object({
  /** Below the address of the cluster, with its query. */
  path: v.string(),
  /** Below the folder of the snapshot; null where nothing was written. */
  file: v.nullable(v.string()),
  status,
  /** ISO 8601, by the clock of the machine that asked; null where it was not asked. */
  at: v.nullable(v.string()),
  tookMs: v.nullable(v.number()),
  /** Of the file. */
  bytes: v.nullable(v.number()),
  sha256: v.nullable(v.string()),
  /** In a sentence, where the status is not `ok`. */
  why: v.nullable(v.string()),
});

const manifest = v.object({
  kind: v.literal('flink-snapshot'),
  schema: v.literal(1),
  tool: v.string(),
  /** Without credentials. */
  cluster: v.string(),
  flinkVersion: v.nullable(v.string()),
  begun: v.string(),
  /** Null while it is being taken, and where it was broken off. */
  ended: v.nullable(v.string()),
  /** How far the clock of the JobManager is ahead of the machine that asked, in ms; its answers tell whole seconds. */
  clock: v.nullable(v.object({ aheadMs: v.number(), slackMs: v.number() })),
  /** How many texts were taken out, and how many were named by the person besides what is secret by its name or form. */
  redaction: v.object({ removed: v.number(), named: v.number() }),
  calls: v.array(call),
});

export type SnapshotCall = v.InferOutput<typeof call>;
export type SnapshotManifest = v.InferOutput<typeof manifest>;

/** A manifest says what it is in its first line; every file of an incident is asked. */
const HEAD = 1000;

/** Null for a text that is no manifest, or one of a later form. */
export function readManifest(text: string): SnapshotManifest | null {
  if (!text.slice(0, HEAD).includes('"flink-snapshot"')) return null;
  try {
    const found = v.safeParse(manifest, JSON.parse(text));
    return found.success ? found.output : null;
  } catch {
    return null;
  }
}

const MAX_NAME = 120;

/** A name that is one on every system: a cluster gives names to TaskManagers and logs, and nobody knows what is in them. */
export function safeName(text: string): string {
  const plain = text.replace(/[^\w.+=@-]/g, '_').slice(0, MAX_NAME);
  return /^\.*$/.test(plain) ? `_${plain}` : plain;
}

/** Whether a call was made in vain, as a whole or from some place on. */
export const isMissed = ({ status }: SnapshotCall): boolean => status === 'failed' || status === 'cut';

/** "flink-snapshot-jobmanager-8081-20240507T101500": where a snapshot lies unless a person names a place. `of`: the cluster. */
export const snapshotName = (of: string, now: number): string =>
  `flink-snapshot-${of.replace(/[^\w.-]+/g, '-')}-${isoTime(now).slice(0, 19).replace(/[-:]/g, '')}`;
