/** What the extension itself says: in messages, dialogs, the status bar and the title of its panels. */
import type { CheckedFolder } from '../../common/contracts.ts';
import type { Kind } from '../../common/ids.ts';
import type { GraphView } from '../../common/views.ts';
import { kindName, type TitledView, viewLabel, viewTitle } from '../../common/viewWords.en.ts';

const count = (number: number, one: string): string => `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`;

export const MESSAGES = {
  noFile: 'Open the file first: this command works on the active document.',
  notAvailable: 'Not available for this file',
  noSimulation: 'Not available for this file: only job graphs can be simulated',
  notAlike: 'These two files cannot be compared: both have to be thread dumps, or both job graphs.',
  copied: 'Logjam: copied',
  copiedForTicket: 'Logjam: copied for a ticket',
  saved: (name: string) => `Logjam: saved ${name}`,
  emptyClipboard: 'The clipboard holds no text.',
  unreadable: (why: string | null | undefined) => `Logjam: ${why ?? 'these files cannot be read.'}`,
  failed: (why: string | undefined) => `Logjam could not analyse the file: ${why ?? 'unknown error'}`,
  fiveDeaths: 'The language server has ended five times and is not restarted automatically.',
};

/** Said in a panel in place of its document. */
export const PANEL_TEXTS = {
  readingFile: 'Reading the file…',
  readingFiles: 'Reading the files…',
  readingLog: 'Reading the log…',
  mergingStacks: 'Merging the stacks…',
  cancelled: 'Cancelled.',
  noJobGraph: 'One of the two files has no job graph',
  noSuchGraph: 'This file has no such graph',
  noView: (view: TitledView) => `This file has no ${viewTitle(view).toLowerCase()}`,
  noGraph: (view: GraphView) => `This file has no ${viewLabel(view).toLowerCase()}`,
  noCollection: 'This file shows no collection with a time',
  nothing: 'There is nothing here that Logjam can read.',
  notComparable: 'These files cannot be compared: all have to be thread dumps, or two job graphs.',
};

export const PANEL_TITLES = {
  view: (view: TitledView, name: string) => `${viewTitle(view)}: ${name}`,
  changes: (one: string, other: string) => `Changes: ${one} → ${other}`,
  incident: (name: string) => `Incident: ${name}`,
  nextDump: 'its next dump',
};

export const CHOICES = {
  analyse: 'Analyse a thread dump, log or job graph',
  compareDump: 'Compare this dump with…',
  comparePlan: 'Compare this plan with…',
  aFile: 'Choose a file…',
  folders: 'Choose folders…',
  files: 'Choose files…',
  together: 'Analyse Together',
  incident: 'Which files belong to the incident?',
  incidentHint: 'Logs, thread dumps, GC logs, job graphs, answers of the REST API',
  allBelow: 'all files in this folder and below',
  folderOf: (name: string) => `the folder of ${name}`,
};

export const OFFER = {
  text: (name: string, kind: Kind, packed: boolean) =>
    `${name} is ${kind === 'unknown' ? 'an archive' : `${packed ? 'a compressed' : 'a large'} ${kindName(kind)}`} that Logjam can show.`,
  open: 'Open with Logjam',
  never: 'Never Offer',
};

export const FILTER = {
  title: (name: string) => `Which records of ${name}?`,
  hint: 'A record must match everything that you choose',
  level: 'Level',
  orWorse: (level: string) => `${level} or worse`,
  records: (number: number) => count(number, 'record'),
  time: 'Time',
  fromFailure: 'From the first failure on',
  upToFailure: 'Up to the first failure',
  fromTo: 'From … to …',
  range: (from: string, to: string) => `${from} to ${to}`,
  subtask: 'Subtask',
  thread: 'Thread',
  rangeTitle: 'From when to when?',
  rangeHint: 'Two times as the log writes them, with or without the day, with "to" between them',
  rangeExample: 'For example: 21:01:40 to 21:01:45',
};

export const FOLDER = {
  title: 'Check all files of a folder',
  checking: (name: string) => `Logjam: checking ${name}`,
  unreadable: 'Logjam cannot read this folder.',
  checked: ({ files, errors, warnings, unread, more }: CheckedFolder, name: string) =>
    files === 0
      ? `Logjam knows none of the files in ${name}.`
      : [
          `${name}: ${count(errors, 'error')} and ${count(warnings, 'warning')} in ${count(files, 'file')}.`,
          ...(unread.length === 0 ? [] : [`${count(unread.length, 'file')} could not be read: ${unread.slice(0, 3).join('; ')}`]),
          ...(more ? ['There are more files, which were not looked at.'] : []),
        ].join(' '),
};

export const STATUS_BAR = {
  verdict: 'Logjam: verdict',
  stopped: 'Logjam stopped: Restart',
  startAgain: (why: string) => `${why} Click to start it again.`,
  analysing: (names: readonly string[]) => `Analysing ${names.join(', ')}. Click to cancel.`,
  whatIsWrong: 'What is wrong?',
  goThere: 'Go there',
};
