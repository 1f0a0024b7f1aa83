import type { DumpDiff } from '../../analysis/threaddump/dumpDiff.ts';
import type { Fact } from '../../model.ts';

/** Rows and groups beyond these are counted only. */
const MAX_THREADS = 1000;
const MAX_POOLS = 100;

/** The comparison as JSON: `logjam diff A B --format json`. Threads in order of suspicion; idle ones are counted, not listed. */
export function diffFacts({ dumps, rows, pools }: DumpDiff): Fact {
  const told = rows.filter(({ verdict }) => verdict !== 'idle');
  return {
    schema: 1,
    dumps: dumps.map(({ time, threads }) => ({ time, threads })),
    idle: rows.length - told.length,
    threads: told.slice(0, MAX_THREADS).map(({ name, id, role, states, verdict, suspicion, cpuMs, cpuShare, stands }) => ({
      name,
      id,
      role,
      verdict,
      suspicion,
      states,
      cpuMs,
      cpuShare,
      at: stands,
    })),
    threadsLeftOut: Math.max(0, told.length - MAX_THREADS),
    pools: pools.slice(0, MAX_POOLS).map(({ prefix, counts, growing }) => ({ prefix, counts, growing })),
  };
}
