import type { Checkpoint } from '../checkpoint.ts';
import { ascii } from './bytes.ts';
import type { GcLog } from './model.ts';
import { GcReader } from './reader.ts';
import { Stamps } from './stamps.ts';

const SAMPLE_LENGTH = 64 * 1024;

/** What JVMs (".0", ".1.current"), frameworks (".2026-11-20") and compression append to the name of a log. */
const APPENDED = /(?:\.\d+(?:\.current)?|\.current|[.-]\d{4}-\d\d-\d\d(?:[_T-][\d-]{1,40})?)?(?:\.(?:gz|zip(?:![^/!]*)?))?$/;

/** The name that all files of a rotation share. */
export function gcRotationName(name: string): string {
  return name.replace(APPENDED, '');
}

/** GC logs of one JVM that were put aside one after the other, each set in the order of time. */
export function rotations<F extends { name: string; text: string }>(files: readonly F[]): F[][] {
  const sets = new Map<string, F[]>();
  for (const file of files) {
    const name = gcRotationName(file.name);
    const known = sets.get(name);
    if (known === undefined) sets.set(name, [file]);
    else known.push(file);
  }
  return [...sets.values()].map((set) => {
    const times = new Map(set.map((file) => [file, firstTime(file.text)]));
    return [...set].sort((a, b) => (times.get(a) as number) - (times.get(b) as number) || (a.name < b.name ? -1 : 1));
  });
}

/** Reads a set as one log. `place` is told the files in their order and says where the spans of each begin to count. */
export async function readRotation<F extends { text: string }>(
  set: readonly F[],
  checkpoint: Checkpoint,
  place: (file: F) => number,
): Promise<GcLog> {
  const reader = new GcReader();
  for (const file of set) await reader.readText(file.text, checkpoint, place(file));
  return reader.finish();
}

/** How messages call a set. */
export function rotationTitle(set: readonly { name: string }[]): string {
  const name = set[0]?.name ?? '';
  return set.length === 1 ? name : `${name} and ${set.length - 1} more`;
}

/** The first time of a log: of the wall clock where it is printed, else since the start of the JVM. */
function firstTime(text: string): number {
  const stamps = new Stamps();
  for (const line of text.slice(0, SAMPLE_LENGTH).split('\n', 400)) {
    const bytes = ascii(line.slice(0, 200));
    stamps.readDecorations(bytes, 0, bytes.length);
    if (Number.isNaN(stamps.wall) && Number.isNaN(stamps.uptime)) {
      const entry = /^\S+: (?:\S+: )?(?=\[|[A-Z])/.exec(line);
      if (entry !== null) stamps.readBefore(bytes, 0, entry[0].length);
    }
    const time = Number.isNaN(stamps.wall) ? stamps.uptime : stamps.wall;
    if (!Number.isNaN(time)) return time;
  }
  return Number.MAX_SAFE_INTEGER;
}
