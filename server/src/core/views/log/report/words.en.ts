/**
 * What the report of a log says beside verdicts, causes and relations. `at`, `line` and `lines` are links in Markdown, and
 * so are names where this is said; all else is text that whoever writes it escapes.
 */
import type { Episode } from '../../../analysis/log/failureModel.ts';
import type { UtcOffset } from '../../../log/model.ts';
import type { FlinkVersion } from '../../../model.ts';
import { offsetText } from '../../../rules/log/clockWords.en.ts';
import { formatDuration, plural } from '../../../wording.ts';

export const TITLES = {
  category: 'Category',
  trigger: 'Trigger',
  rootCause: 'Root cause',
  consequence: 'Consequence',
  fix: 'Fix',
  evidence: 'Evidence',
  attempts: 'Failures and restarts',
  otherMemory: 'Memory that ran out in other failures',
  collector: 'Garbage collection',
  exceptions: 'Exceptions',
  stateFaults: 'State changes that do not fit',
  relationships: 'Relationships',
  unread: 'What could not be read',
};

const TOLD_BY: Record<FlinkVersion['evidence'], string> = {
  'frame-lines': 'line numbers of frames',
  'jar-tag': 'jar tags',
  banner: 'the start banner',
  plan: 'the plan',
  rest: 'the REST API',
  setting: 'the setting logjam.flinkVersion',
};

/** What was read, and of whom. */
export const FACTS = {
  records: (count: number, layout: string, wrapper: string | null) =>
    `${plural(count, 'record')} (layout ${layout}${wrapper === null ? '' : `, in ${wrapper}`})`,
  time: (from: string, to: string, ms: number) => (ms === 0 ? from : `${from} to ${to} (${formatDuration(ms)})`),
  offset: (offset: UtcOffset) => `times in ${offsetText(offset)}`,
  version: ({ range, evidence }: FlinkVersion) => `Flink ${range} (from ${TOLD_BY[evidence]})`,
  java: (version: string) => `Java ${version}`,
  all: (facts: readonly string[]) => `${facts.join('; ')}.`,
  /** `names`: links. */
  files: (names: readonly string[], left: number) => `Read as one, in this order: ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}.`,
};

/** "12, 15 …" */
const someLines = (lines: readonly string[], more: boolean): string => `${lines.join(', ')}${more ? ' …' : ''}`;

const OUTCOME: Record<Episode['outcome'], string> = {
  restarted: 'The tasks were deployed again.',
  restarting: 'A restart began; that tasks were deployed again is not in this text.',
  failed: 'The job failed.',
  resumed: 'The job was suspended and runs again.',
  stopped: 'Its process shut down.',
  'master-stopped': 'The JobManager shut down.',
  open: 'How it went on is not in this text.',
};

/** The first failure in the form of a study. */
export const STUDY = {
  sentence: (text: string) => `${text}.`,
  none: 'None.',
  see: (at: string) => `See line ${at}.`,
  attempt: (number: number) => `attempt ${number}`,
  on: (location: string) => `on ${location}`,
  failed: (title: string, more: readonly string[], symptomOnly: boolean) =>
    `${title}${more.length === 0 ? '' : ` (${more.join(', ')})`}.${symptomOnly ? ' This is a consequence; what failed first is not in this text.' : ''}`,
  triggered: (when: string, at: string, failed: string) => `${when === '' ? '' : `${when}, `}line ${at}: ${failed}`,
  thrown: (at: string | null) => (at === null ? '' : `, line ${at}`),
  thrownIn: (site: string) => ` Thrown in ${site}.`,
  symptom: (what: string, cause: string | null, thrown: string) =>
    `Not in this text. What is printed is a symptom (${what})${cause === null ? '' : `: ${cause}`}${thrown}.`,
  noException: 'No exception is printed with the first failure.',
  before: 'Not in this text: the first failure happened before it begins.',
  cause: (cause: string, suspected: boolean, thrown: string, thrownIn: string) =>
    `${cause} (${suspected ? 'suspected: it stands shortly before the failure, the text does not tie the two together' : 'stated'}${thrown}).${thrownIn}`,
  memoryInstead: 'Another failure of the same attempt says what it may be:',
  memory: (said: string, count: number, at: string) => `${said} (${count > 1 ? `${count} times, first in line` : 'line'} ${at})`,
  options: (options: readonly string[]) => (options.length === 0 ? '' : ` Options: ${options.join(', ')}.`),
  followed: (count: number) => `${plural(count, 'further failure')} followed.`,
  ownExceptions: (count: number, lines: readonly string[], more: boolean) =>
    `${plural(count, 'other failure')} with ${count === 1 ? 'an exception of its own' : 'exceptions of their own'}: line ${someLines(lines, more)}.`,
  taskOf: (task: string, subtasks: readonly string[], more: boolean) => {
    const some = subtasks.join(', ');
    return `${task}${some === '' ? '' : ` (${some}${more ? ' …' : ''})`}`;
  },
  cancelled: (count: number, tasks: string, left: number) =>
    `${plural(count, 'subtask')} cancelled: ${tasks}${left > 0 ? ` and ${plural(left, 'more task')}` : ''}.`,
  outcome: (outcome: Episode['outcome']) => OUTCOME[outcome],
  oneOf: (count: number) => `It is one of ${count} failures, see below.`,
  nothingToFix: 'Nothing to fix was found.',
  noRemedy: 'No known remedy; the root cause above is what to look into.',
  evidence: (at: string, text: string) => `line ${at}: ${text}`,
};

const WENT_ON: Record<Episode['outcome'], string> = {
  restarted: 'deployed again',
  restarting: 'restart begun',
  failed: 'job failed',
  resumed: 'runs again',
  stopped: 'process ended',
  'master-stopped': 'JobManager ended',
  open: 'not in this text',
};

/** The table of failures. */
export const ATTEMPTS = {
  columns: ['#', 'time', 'failed first', 'root cause', 'what followed', 'then', 'evidence: lines'],
  symptomsOnly: (what: string) => `only symptoms are in the text (${what})`,
  noCause: 'no cause in the text',
  times: (count: number, cause: string) => `${count} × ${cause}`,
  otherCauses: (count: number) => plural(count, 'other cause'),
  unseen: 'not in this text',
  cause: (cause: string, certainty: 'symptom' | 'suspected' | 'stated') =>
    `${{ symptom: 'a symptom only: ', suspected: 'suspected: ', stated: '' }[certainty]}${cause}`,
  since: (ms: number) => ` (+${formatDuration(ms)})`,
  followed: (failures: number, cancelled: number) =>
    [...(failures > 0 ? [plural(failures, 'failure')] : []), ...(cancelled > 0 ? [`${plural(cancelled, 'subtask')} cancelled`] : [])].join(', ') ||
    'nothing',
  wentOn: (outcome: Episode['outcome']) => WENT_ON[outcome],
  lines: someLines,
  left: (count: number) => `${plural(count, 'more failure')} left out.`,
  noDates: 'Times have no date in this log.',
};

export const EXCEPTIONS = {
  columns: ['count', 'root cause', 'wrapped in', 'thrown in', 'tasks', 'first', 'last', 'lines'],
  tasks: (tasks: readonly string[], left: number) => `${tasks.join('; ')}${left > 0 ? ` and ${left} more` : ''}`,
  lines: someLines,
  left: (count: number) => `${plural(count, 'more group')} left out.`,
};

/** What a JVM's collector came to. `share`: of the time, between 0 and 1. */
export const COLLECTOR = {
  verdict: (verdict: string) => `${verdict}.`,
  other: (subject: string, line: string, verdict: string, why: string) => `${subject} (${line}): **${verdict}**. ${why}`,
  of: (source: string, process: string | null) => `${source}${process === null ? '' : ` (${process})`}`,
  figures: (of: string, pauses: number, totalMs: number, share: number | null, maxMs: number, full: number, system: number) =>
    `${of}: ${plural(pauses, 'pause')}, ${formatDuration(totalMs)} in all${share === null ? '' : ` (${(share * 100).toFixed(1)} % of the time)`}, the longest ${formatDuration(maxMs)}; ${full} full, ${system} asked for by System.gc().`,
};

export const STATES = {
  illegal: (from: string, to: string) => `Flink has no switch from ${from} to ${to}`,
  missing: (expected: string | null, from: string) => `it was ${expected} before, so a switch to ${from} is missing in this text`,
  change: (at: string, what: string) => `line ${at}, ${what}`,
};

export const RELATED = {
  relation: (from: string, to: string, how: string) => `${from} → ${to}: ${how}`,
  /** `at`: null where only the text itself could tell its line. */
  grounds: (grounds: string, count: number, at: string | null) =>
    `${grounds}${count > 1 ? `, ${count} times` : ''}${at === null ? '' : `, line ${at}`}`,
  calls: (calls: number, methods: number) => `${plural(calls, 'call')} between ${plural(methods, 'method')} (stated by the stack traces)`,
};

export const more = (count: number): string => `${count} more`;
