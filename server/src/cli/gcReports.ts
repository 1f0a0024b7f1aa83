import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { readRotation, rotations, rotationTitle } from '../core/gc/rotations.ts';
import { concludeGc } from '../core/kinds/gcLog.ts';
import { gcReport } from '../core/views/gc/report.ts';
import { UsageError } from './errors.ts';
import { type Inputs, namesFor, urisOf } from './inputs.ts';
import { USAGE } from './words.ts';

/** GC logs without a log of Flink: a report for each JVM; what a rotation has put aside is read with it. */
export async function gcReports(paths: readonly string[], { workspace, settings }: Inputs): Promise<string> {
  const { gcLogs } = await workspace.sorted(urisOf(paths), namesFor(paths));
  if (gcLogs.length === 0) throw new UsageError(USAGE.noLogs(paths));
  const reports: string[] = [];
  for (const set of rotations(gcLogs)) {
    let next = 0;
    const log = await readRotation(set, NO_CHECKPOINT, ({ text }) => {
      const at = next;
      next += text.length + 1;
      return at;
    });
    const uri = set[0]?.uri ?? '';
    reports.push(gcReport(concludeGc(log, await settings.of(uri), uri), rotationTitle(set)));
  }
  return reports.join('\n');
}
