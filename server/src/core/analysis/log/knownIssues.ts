import type { Span } from '../../../../../common/span.ts';
import { KNOWN_ISSUES, type KnownIssue, type LogSignature, type Saying } from '../../knowledge/issues/index.ts';
import { judgeVersion, type VersionVerdict } from '../../knowledge/issueVersions.ts';
import type { LogModel, StateChange } from '../../log/model.ts';
import type { FlinkVersion } from '../../model.ts';

/** Something that a log says, where and when. */
export interface Said {
  line: number;
  span: Span;
  time: number | null;
}

/** A known bug that a log has the signs of. */
export interface LogIssueMatch {
  issue: KnownIssue;
  signature: LogSignature;
  /** Every place that shows it, in the order of the text. */
  said: Said[];
  version: VersionVerdict;
}

const LOG_ISSUES = KNOWN_ISSUES.flatMap((issue) => (issue.signature.shape === 'log' ? [{ issue, signature: issue.signature }] : []));

/**
 * Known bugs that a log has the signs of and that its version of Flink may have. A bug that the log only does not exclude
 * counts where every version that fits has it; without a version only bugs of libraries, which have releases of their own.
 */
export function matchLogIssues(log: LogModel, version: FlinkVersion | null): LogIssueMatch[] {
  return LOG_ISSUES.flatMap(({ issue, signature }) => {
    const verdict = judgeVersion(issue, version);
    const ofLibrary = issue.affected.length === 0 && issue.fixed.length === 0;
    const wanted = signature.toConfirm === undefined ? verdict === 'affected' || verdict === 'possible' : verdict === 'affected';
    if (!wanted && !ofLibrary) return [];
    const said = signsOf(log, signature);
    return isOftenEnough(said, signature) ? [{ issue, signature, said, version: verdict }] : [];
  });
}

function signsOf(log: LogModel, { says, unless, after, during }: LogSignature): Said[] {
  const said = sayings(log, says);
  if (said.length === 0) return [];
  const before = after === undefined ? null : sayings(log, after);
  const refuting = unless === undefined ? [] : sayings(log, unless);
  return said.filter((one) => {
    if (before !== null && !before.some((other) => other.line < one.line)) return false;
    if (refuting.some((other) => other.line > one.line)) return false;
    return during === undefined || (one.time !== null && log.to !== null && log.to - one.time >= during);
  });
}

function isOftenEnough(said: readonly Said[], { atLeast = 1, within, lasting }: LogSignature): boolean {
  if (said.length < atLeast) return false;
  const apart = (from: number, to: number): number | null => {
    const [first, last] = [said[from]?.time ?? null, said[to]?.time ?? null];
    return first === null || last === null ? null : last - first;
  };
  if (lasting !== undefined && (apart(0, said.length - 1) ?? -1) < lasting) return false;
  return within === undefined || said.some((_, at) => at + atLeast <= said.length && (apart(at, at + atLeast - 1) ?? within + 1) <= within);
}

function sayings(log: LogModel, saying: Saying): Said[] {
  if ('event' in saying) {
    const wanted = Object.entries(saying.fields ?? {});
    return log.events.filter(({ id, fields }) => id === saying.event && wanted.every(([name, value]) => value.test(fields[name] ?? '')));
  }
  if ('thrown' in saying) {
    return log.exceptions.filter(
      ({ kind, chain }) => kind === 'trace' && chain.some(({ className, message }) => saying.thrown.test(`${className ?? ''}: ${message ?? ''}`)),
    );
  }
  const runs: readonly { states: StateChange[] }[] = saying.switched === 'task' ? log.executions : log.jobs;
  return runs
    .flatMap(({ states }) =>
      states.filter(
        ({ from, to }, at) =>
          to === saying.to && (saying.from === undefined || from === saying.from) && (saying.stays !== true || at === states.length - 1),
      ),
    )
    .sort((a, b) => a.line - b.line);
}
