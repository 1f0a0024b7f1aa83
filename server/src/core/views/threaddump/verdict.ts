import { activitiesOf, vertices } from '../../analysis/threaddump/activity.ts';
import { onlyAtWork } from '../../analysis/threaddump/bottleneck.ts';
import { type DumpDiff, diffDumps } from '../../analysis/threaddump/dumpDiff.ts';
import { gaps } from '../../analysis/threaddump/gaps.ts';
import { heldUp, poolHeldUp, standsIn } from '../../analysis/threaddump/heldUp.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { toldFindings, type Verdict, verdictOf } from '../verdict.ts';
import { VERDICTS } from './words.ts';

/** `known`: the dumps beside each other, for who has compared them already; null where there is one dump. */
export function dumpsVerdict({ dumps, findings }: ThreadDumpAnalysis, known?: DumpDiff | null): Verdict {
  const [worst] = toldFindings(findings);
  if (worst !== undefined) return verdictOf(worst);
  const diff = known === undefined ? compared(dumps) : known;
  const stuck = diff?.rows.find(({ verdict, suspicion }) => verdict === 'stuck' && suspicion !== 'other');
  return stuck === undefined ? withoutFinding(dumps) : suspicion(VERDICTS.stuck({ thread: stuck.name, dumps: dumps.length }));
}

/** Of one of several dumps, by itself. */
export function verdictOfOne({ findings }: ThreadDumpAnalysis, analysed: AnalysedDump): Verdict {
  const { start, end } = analysed.dump.span;
  const [worst] = toldFindings(findings.filter(({ at: { span } }) => span.start >= start && span.start < end));
  return worst === undefined ? withoutFinding([analysed]) : verdictOf(worst);
}

export const compared = (dumps: readonly AnalysedDump[]): DumpDiff | null => (dumps.length > 1 ? diffDumps(dumps) : null);

const suspicion = (text: string): Verdict => ({ text, finding: null, suspicion: true });

function withoutFinding(dumps: readonly AnalysedDump[]): Verdict {
  for (const analysed of dumps) {
    const activities = activitiesOf(analysed);
    const found = vertices(activities);
    const held = heldUp(found);
    const only = onlyAtWork(found);
    if (only !== null) return suspicion(VERDICTS['only-at-work']({ task: only.task, held: standsIn(only) }));
    const other = held ?? poolHeldUp(activities);
    if (other !== null) return suspicion(VERDICTS['held-up'](other));
  }
  const threads = dumps.reduce((sum, { dump }) => sum + dump.threads.length, 0);
  if (threads === 0) return { text: VERDICTS['no-threads']({}), finding: null };
  const open = dumps.some((analysed) => !analysed.dump.shows.monitors || gaps(analysed).length > 0);
  return { text: open ? VERDICTS['not-all-shown']({ threads }) : VERDICTS.nothing({ threads }), finding: null };
}
