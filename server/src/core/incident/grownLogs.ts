import type { LogSource } from './logs.ts';

/** So many records that are the same show that it is the same file, and no other that begins alike. */
const ENOUGH = 3;
/** Digests leave records out where there are many. */
const MOST = 0.8;

/**
 * The logs without those that another one goes on with: a file that was copied twice while its process wrote on. What is left
 * has the names of all, its own first.
 */
export function withoutGrown(logs: readonly LogSource[]): LogSource[] {
  const byStart = new Map<number, LogSource[]>();
  for (const log of logs) {
    const { from, clock } = log.body;
    if (from === null || clock !== 'epoch') continue;
    const same = byStart.get(from);
    if (same === undefined) byStart.set(from, [log]);
    else same.push(log);
  }
  const within = new Map<LogSource, LogSource>();
  for (const same of byStart.values()) {
    const longest = [...same].sort((a, b) => b.body.recordCount - a.body.recordCount || b.body.lines - a.body.lines);
    for (const [at, log] of longest.entries()) {
      const longer = longest.slice(0, at).find((one) => !within.has(one) && goesOn(log, one));
      if (longer !== undefined) within.set(log, longer);
    }
  }
  if (within.size === 0) return [...logs];
  return logs
    .filter((log) => !within.has(log))
    .map((log) => {
      const others = [...within].flatMap(([copy, of]) => (of === log ? copy.names : []));
      return others.length === 0 ? log : { ...log, names: [...log.names, ...others] };
    });
}

/** Does `longer` have what `log` has, line for line, and more behind it? The last record of a copy may have been cut. */
function goesOn({ body: log }: LogSource, { body: longer }: LogSource): boolean {
  if (log.recordCount >= longer.recordCount || log.lines > longer.lines || log.layout !== longer.layout) return false;
  const there = new Map(longer.records.map((record) => [record.line, record]));
  const own = log.records.slice(0, -1);
  let found = 0;
  for (const { line, time, message } of own) {
    const record = there.get(line);
    if (record === undefined) continue;
    if (record.time !== time || record.message !== message) return false;
    found++;
  }
  return found >= ENOUGH && found >= own.length * MOST;
}
