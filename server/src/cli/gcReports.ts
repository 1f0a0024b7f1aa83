import type { Settings } from '../../../common/settings.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { detect } from '../core/detect.ts';
import { readRotation, rotations, rotationTitle } from '../core/gc/rotations.ts';
import { concludeGc } from '../core/kinds/gcLog.ts';
import type { LogFile } from '../core/kinds/logSet.ts';
import { gcReport } from '../core/views/gc/report.ts';
import { UsageError } from './errors.ts';
import { sources, textsOf, uriOf } from './inputs.ts';

/** GC logs without a log of Flink: a report for each JVM; what a rotation has put aside is read with it. */
export async function gcReports(paths: readonly string[], settings: Settings): Promise<string> {
  const gcLogs: LogFile[] = [];
  for (const source of await sources(paths))
    for (const { name, text } of await textsOf(source)) if (detect(text).kind === 'gc-log') gcLogs.push({ name, uri: uriOf(source), text });
  if (gcLogs.length === 0) throw new UsageError(`${paths.join(', ')}: no log; the report on several files is about logs of Flink and GC logs`);
  const reports: string[] = [];
  for (const set of rotations(gcLogs)) {
    let next = 0;
    const log = await readRotation(set, NO_CHECKPOINT, ({ text }) => {
      const at = next;
      next += text.length + 1;
      return at;
    });
    reports.push(gcReport(concludeGc(log, settings, set[0]?.uri ?? ''), rotationTitle(set)));
  }
  return reports.join('\n');
}
