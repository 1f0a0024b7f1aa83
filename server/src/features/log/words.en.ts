import type { LogAnalysis } from '../../core/analysis/log/model.ts';
import { subtaskLabel } from '../../core/log/executions.ts';
import { linePlace } from '../../core/log/files.ts';
import type { Execution } from '../../core/log/model.ts';
import { shortTask } from '../../core/log/taskNames.ts';
import { formatStamp } from '../../core/log/time.ts';
import { escapeMarkdown, formatBytes, formatDuration, grouped, plural } from '../../core/wording.ts';

export function executionName(execution: Execution, longest = 60): string {
  const label = subtaskLabel(execution);
  const attempt = execution.attempt === null ? '' : `, attempt ${execution.attempt}`;
  return `${shortTask(execution.task ?? execution.id ?? '?', longest)}${label === null ? '' : ` (${label}${attempt})`}`;
}

export function timeOf(analysis: LogAnalysis, ms: number | null): string {
  return ms === null ? '' : formatStamp(ms, analysis.log.clock === 'epoch');
}

/** "line 12", with the file's name where several were read as one, as a link where editors can follow one. */
export function lineLink({ uri, analysis }: { uri: string; analysis: LogAnalysis }, line: number): string {
  const { file, number } = linePlace(analysis.files, line);
  const name = file === null ? `line ${number}` : `${escapeMarkdown(file.name)}, line ${number}`;
  const target = file?.uri ?? uri;
  return target.startsWith('file:') ? `[${name}](<${target}#L${number}>)` : name;
}

/** What the editor shows in a log; a second language is a second table of this type. Texts that are Markdown are given escaped names. */
export interface LogFeatureWords {
  folds: {
    ofExecution(facts: { name: string; records: number }): string;
    aboutTasks(records: number): string;
    name(facts: { task: string; subtask: string | null; attempt: number | null }): string;
  };
  sizes: {
    /** Completes the name of an option of the JVM. */
    jvm: Record<'mx' | 'ms' | 'mn' | 'ss', string>;
    pages(facts: { pages: number; pageSize: number }): string;
    bytes(facts: { bytes: number; pages: number | null }): string;
    withUnit(bytes: number): string;
    hint(bytes: number): string;
    usualPages: string;
  };
  lenses: {
    first(facts: { symptomOnly: boolean; number: number; of: number; followed: number }): string;
    callGraph: string;
    callGraphTip: string;
    wholeTrace: string;
    wholeTraceTip(frames: number): string;
    alike(count: number): string;
    alikeTip: string;
    alikeList(facts: { count: number; root: string }): string;
  };
  links: { trace: string; open(file: string): string };
  symbols: {
    groups: Record<'failures' | 'jobs' | 'tasks' | 'exceptions', string>;
    failure(number: number, title: string): string;
    noCause: string;
    line(line: number): string;
    attempt: string;
    left(count: number): string;
  };
  hover: {
    jar(facts: { name: string; version: string; exact: boolean }): string;
    java(version: string): string;
    generated: string;
    inFrames(count: number): string;
    threadStack: string;
    isRoot: string;
    root(title: string): string;
    chain(names: readonly string[]): string;
    wrapped(place: string, outer: string): string;
    inLog(facts: { count: number; first: string | null; last: string | null; executions: number }): string;
    consequence(reason: string): string;
    damaged(how: string): string;
    notCompleted(why: string | null): string;
    sameFrames(count: number): string;
    moreFrames(count: number): string;
    operators(names: readonly string[]): string;
    vertex(id: string): string;
    on(place: string): string;
    lasted(ms: number): string;
    end(state: string, seen: boolean): string;
    failedWith(title: string): string;
    inLine(title: string, line: string): string;
    cameAfter(failure: string): string;
    consequenceOf(reason: string, failure: string): string;
    event(facts: { title: string; consequence: boolean; meaning: string }): string;
    printedBy(source: string, versions: string): string;
  };
}

export const LOG_FEATURES: LogFeatureWords = {
  folds: {
    ofExecution: ({ name, records }) => `${name}: ${plural(records, 'record')}`,
    aboutTasks: (records) => `${plural(records, 'record')} about tasks`,
    name: ({ task, subtask, attempt }) => `${task} (${subtask ?? ''}${attempt === null ? '' : `, attempt ${attempt}`})`,
  },
  sizes: {
    jvm: { mx: 'Largest heap', ms: 'Heap at the start', mn: 'Young generation', ss: 'Stack of a thread' },
    pages: ({ pages, pageSize }) =>
      `${pages} pages × ${formatBytes(pageSize)} (the default of taskmanager.memory.segment-size) = **${formatBytes(pages * pageSize)}**`,
    bytes: ({ bytes, pages }) => `**${formatBytes(bytes)}**${pages === null ? '' : ` = ${pages} pages of 32 KiB`}`,
    withUnit: (bytes) => `**${formatBytes(bytes)}** = ${bytes} bytes`,
    hint: (bytes) => `= ${formatBytes(bytes)}`,
    usualPages: 'With pages of 32 KiB, the default of taskmanager.memory.segment-size',
  },
  lenses: {
    first({ symptomOnly, number, of, followed }) {
      const what = number > 1 ? `Failure ${grouped(number)} of ${grouped(of)}` : symptomOnly ? 'First symptom' : 'First failure';
      return `${what}${number === 1 && of > 1 ? ` of ${grouped(of)}` : ''}${followed > 0 ? `, with ${plural(followed, 'consequence')}` : ''}`;
    },
    callGraph: 'Show call graph',
    callGraphTip: 'Who called whom in this stack trace',
    wholeTrace: 'Show the whole trace',
    wholeTraceTip: (frames) => `With ${frames === 1 ? 'the frame' : `the ${frames} frames`} behind "... more" written out`,
    alike: (count) => `${count} more like this`,
    alikeTip: 'Same classes, thrown and wrapped at the same methods',
    alikeList: ({ count, root }) => `${count} traces with the root cause ${root}`,
  },
  links: { trace: 'Show the whole stack trace', open: (file) => `Open ${file}` },
  symbols: {
    groups: { failures: 'Failures', jobs: 'Jobs', tasks: 'Tasks', exceptions: 'Exceptions' },
    failure: (number, title) => `${number}: ${title}`,
    noCause: 'cause not in the text',
    line: (line) => `line ${line}`,
    attempt: 'attempt',
    left: (count) => `${count} more are not listed`,
  },
  hover: {
    jar: ({ name, version, exact }) =>
      `From ${name}, version ${version}${exact ? '' : ' (the tag begins with ~: taken from the class, it may be another copy)'}`,
    java: (version) => `Java ${version}`,
    generated: 'Generated code: the number in the name differs from run to run.',
    inFrames: (count) => `In ${count} frames of this log.`,
    threadStack: 'Where the thread of the task stands: a stack, not an exception.',
    isRoot: '**Root cause** of this trace.',
    root: (title) => `Root cause: **${title}**`,
    chain: (names) => `Chain: ${names.join(' ← ')}`,
    wrapped: (place, outer) => `${place}, as ${outer}.`,
    inLog: ({ count, first, last, executions }) =>
      `${count} times in this log${first === null ? '' : `, first ${first}, last ${last}`}${executions > 0 ? `; ${plural(executions, 'execution')} failed with it` : ''}.`,
    consequence: (reason) => `A consequence, not a cause: ${reason}.`,
    damaged: (how) => `The text is damaged: ${how}.`,
    notCompleted: (why) => `What is left out here cannot be said: ${why ?? 'no frame'}.`,
    sameFrames: (count) => `${count === 1 ? 'The same frame' : `The same ${count} frames`} as at the end of the enclosing trace:`,
    moreFrames: (count) => `… ${count} more`,
    operators: (names) => `Operators chained in this task: ${names.join(' → ')}`,
    vertex: (id) => `Job vertex \`${id}\` (the id of the node in the plan)`,
    on: (place) => `On ${place}`,
    lasted: (ms) => `${formatDuration(ms)} from the first to the last switch.`,
    end: (state, seen) => `Last known state: **${state}**${seen ? '' : ' (reported; the switch itself is not in this log)'}`,
    failedWith: (title) => `Failed with ${title}`,
    inLine: (title, line) => `${title} in ${line}`,
    cameAfter: (failure) => `Came after the first failure: ${failure}.`,
    consequenceOf: (reason, failure) => `A consequence: ${reason}. What failed first: ${failure}.`,
    event: ({ title, consequence, meaning }) => `**${title}**${consequence ? ' (a consequence)' : ''}\n\n${meaning}`,
    printedBy: (source, versions) => `Printed by \`${source}\`, Flink ${versions}.`,
  },
};
