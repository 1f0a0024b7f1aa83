/** What the server says to a person by itself: what features, rules and views say stands in their own rooms. */

export const WORDS = {
  moreFindings: (left: number) => `${left} more findings are not shown here. The report and "logjam check" list them all.`,
  noName: '(no name)',
  moreItems: (count: number) => `… and ${count} more`,
  rotated: (count: number) => `$(files) ${count === 1 ? 'One rotated file' : `${count} rotated files`} beside this one: read together`,
  incident: (files: number) => `$(repo-forked) Open the incident: ${files} files of this folder`,
  incidentOf: 'One verdict on everything in this folder: logs, thread dumps, GC logs, job graphs and answers of the REST API',
  sourceMissing: (file: string) => `${file} is not in the workspace. Setting logjam.sourceRoots adds folders.`,
  fixAll: 'Apply all safe Logjam fixes',
  cancelled: 'The request was cancelled.',
};

/** Why a file is not shown, to go on with. */
export const REFUSED = {
  notAnalysed: 'the file could not be analysed; the log of Logjam says why',
  unreadable: 'the file cannot be read',
  unknownKind: 'Logjam does not recognise the file',
  notNamed: (path: string) => `${path} was not named by the person, so it is not read.`,
};

/** Edits in the workspace: what they are called, and what was not possible. */
export const EDITS = {
  dumpChanged: 'The dump has changed: this deadlock is not in it any more.',
  sourceMissing: (file: string) =>
    `${file} is not in the workspace; what to change is shown instead. The setting logjam.sourceRoots adds folders with sources.`,
  sourceUnknown: (file: string) => `${file} is not in the workspace: nothing was changed.`,
  notOffered: (file: string, why: string) => `No edit is offered in ${file}: ${why}.`,
  upgrade: (issue: string) => `Upgrade Flink for ${issue}`,
  /** `versions`: that the build files name already; `problems`: sentences. */
  nothingToUpgrade(versions: readonly string[], problems: readonly string[]): string {
    const reason =
      versions.length > 0 ? `the build files already name Flink ${versions.join(', ')}` : 'no build file of the workspace names a version of Flink';
    return [`Nothing to upgrade: ${reason}.`, ...problems].join(' ');
  },
  set: (option: string, value: string) => `Set ${option}: ${value}`,
  wasSet: (option: string, value: string, cost: string) => `Set ${option}: ${value}.${price(cost)}`,
  isSet: (option: string, value: string) => `${option} is ${value} already.`,
  copied: (cost: string) => `The workspace has no flink-conf.yaml or config.yaml: the lines for it were copied.${price(cost)}`,
  notFound: (lines: string, cost: string) => `The workspace has no flink-conf.yaml or config.yaml. The lines for it: ${lines}${price(cost)}`,
  notApplied: (why: string | undefined) => `The edit was not applied${why === undefined ? '' : `: ${why}`}.`,
};

const price = (cost: string): string => (cost === '' ? '' : ` It costs: ${cost}.`);
