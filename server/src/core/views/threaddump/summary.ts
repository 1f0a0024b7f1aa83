import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { threadName } from '../../analysis/threaddump/waits/model.ts';
import type { Thread, ThreadDump } from '../../threaddump/model.ts';

/** The `summary` of the command line's JSON. */
export interface ThreadDumpSummary {
  dumps: {
    dialect: string;
    jvm: string | null;
    time: string | null;
    threads: number;
    /** Number of threads by state; threads without a known state are not counted. */
    states: Record<string, number>;
    deadlocks: { threads: string[]; locks: string[]; kind: string; certainty: string }[];
  }[];
}

export function threadDumpSummary(analysis: ThreadDumpAnalysis): ThreadDumpSummary {
  return { dumps: analysis.dumps.map(summarise) };
}

/** The threads that the dump lists; those of the JVM's deadlock section alone count where it lists none. */
function listedThreads({ threads }: ThreadDump): readonly Thread[] {
  const listed = threads.filter((thread) => thread.fromSection !== true);
  return listed.length === 0 ? threads : listed;
}

function summarise({ dump, waits, deadlocks }: AnalysedDump): ThreadDumpSummary['dumps'][number] {
  const states: Record<string, number> = {};
  const threads = listedThreads(dump);
  for (const thread of threads) if (thread.state !== null) states[thread.state] = (states[thread.state] ?? 0) + 1;
  return {
    dialect: dump.dialect,
    jvm: dump.jvm,
    time: dump.time,
    threads: threads.length,
    states,
    deadlocks: deadlocks.map(({ threads, locks, kind, certainty }) => ({
      threads: threads.map((threadIndex) => threadName(waits, threadIndex)),
      locks: locks.map((lock) => (lock.kind === 'class-init' ? (lock.ref.className ?? lock.ref.key) : lock.ref.key)),
      kind,
      certainty,
    })),
  };
}
