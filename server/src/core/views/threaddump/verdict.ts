import { activitiesOf, vertices } from '../../analysis/threaddump/activity.ts';
import { heldUp, onlyAtWork } from '../../analysis/threaddump/bottleneck.ts';
import { type DumpDiff, diffDumps } from '../../analysis/threaddump/dumpDiff.ts';
import { gaps } from '../../analysis/threaddump/gaps.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { toldFindings, type Verdict, verdictOf } from '../verdict.ts';
import { VERDICTS } from './words.ts';

/** `diff` of the dumps, for who has it already; null where there is one dump. */
export function dumpsVerdict({ dumps, findings }: ThreadDumpAnalysis, diff: DumpDiff | null = compared(dumps)): Verdict {
  const [worst] = toldFindings(findings);
  if (worst !== undefined) return verdictOf(worst);
  const stuck = diff?.rows.find(({ verdict, suspicion }) => verdict === 'stuck' && suspicion !== 'other');
  const text = stuck === undefined ? withoutFinding(dumps) : VERDICTS.stuck({ thread: stuck.name, dumps: dumps.length });
  return { text, finding: null };
}

/** Of one of several dumps, by itself. */
export function verdictOfOne({ findings }: ThreadDumpAnalysis, analysed: AnalysedDump): Verdict {
  const { start, end } = analysed.dump.span;
  const [worst] = toldFindings(findings.filter(({ at: { span } }) => span.start >= start && span.start < end));
  return worst === undefined ? { text: withoutFinding([analysed]), finding: null } : verdictOf(worst);
}

export const compared = (dumps: readonly AnalysedDump[]): DumpDiff | null => (dumps.length > 1 ? diffDumps(dumps) : null);

function withoutFinding(dumps: readonly AnalysedDump[]): string {
  for (const analysed of dumps) {
    const found = vertices(activitiesOf(analysed));
    const held = heldUp(found);
    const only = onlyAtWork(found);
    if (only !== null) return VERDICTS['only-at-work']({ task: only, heldUpBy: held?.task === only ? held.does : null });
    if (held !== null) return VERDICTS['held-up']({ task: held.task, heldUpBy: held.does });
  }
  const threads = dumps.reduce((sum, { dump }) => sum + dump.threads.length, 0);
  if (threads === 0) return VERDICTS['no-threads']({});
  const open = dumps.some((analysed) => !analysed.dump.shows.monitors || gaps(analysed).length > 0);
  return open ? VERDICTS['not-all-shown']({ threads }) : VERDICTS.nothing({ threads });
}
