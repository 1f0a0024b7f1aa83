import { versionSet } from '../../flinkVersion.ts';
import { versionOfFrames } from '../../knowledge/versions.ts';
import type { FlinkVersion } from '../../model.ts';
import type { Thread, ThreadDump } from '../../threaddump/model.ts';

/** Enough stacks to meet every frame that the fingerprints know. */
const MAX_THREADS = 100;
const FLINK = 'org.apache.flink.';

/**
 * The Flink version behind a dump: what the user says, else what the line numbers of frames tell.
 * `first` are threads whose stacks matter most (members of deadlocks); they are looked at before the others.
 */
export function dumpVersion(dumps: readonly ThreadDump[], first: readonly Thread[], setting: string): FlinkVersion | null {
  return versionSet(setting) ?? versionOfFrames(flinkFrames(dumps, first));
}

function* flinkFrames(dumps: readonly ThreadDump[], first: readonly Thread[]) {
  let left = MAX_THREADS;
  for (const threads of [first, ...dumps.map((dump) => dump.threads)]) {
    for (const thread of threads) {
      if (left === 0) return;
      if (!thread.methods.some((method) => method.startsWith(FLINK))) continue;
      left--;
      yield* thread.frames.filter(({ className }) => className.startsWith(FLINK));
    }
  }
}
