/**
 * What a line between two threads says of where they come from. `source`: what follows is from another process, as the line names one.
 * `label`: it may be, as something is named. `prose`: somebody's words, or the output of a program. Null: nothing.
 */
export type Seam = 'source' | 'label' | 'prose' | null;

const MAX_LENGTH = 200;
/** So much behind a line tells whether it names the next thread. */
const BEHIND = 200;
/** More words than this are a sentence. */
const MAX_WORDS = 6;

/** tail(1) with several files, and Ansible with several hosts. */
const TOOL = /^(?:==> .{1,200} <==|\S{1,100} \| (?:CHANGED|SUCCESS|FAILED)\b.{0,80})$/;
/** Behind a prompt or alone: what takes a dump, runs something elsewhere, or prints a file. */
const COMMAND =
  /^(?:\S{0,80}[$#%>] {1,4}|\[[^\]]{1,80}\][$#%]? {0,4}|\+{1,3} {1,4})?(?:sudo (?:-\S{1,20} ){0,3})?(?:(?:jstack|jcmd|jattach|kill -(?:3|QUIT)|kubectl|oc|docker|podman|crictl|ssh)\b|(?:z?cat|tail|head|less|more) .{0,150}[\w-]\.(?:txt|log|jstack|tdump|dump|out|err|td|gz)\b)/;
/** jcmd prints the process that it asks. */
const PROCESS = /^(?:pid[ :#=]{0,3}\d{1,8}|\d{1,8}):?$/i;
const DECORATED = /^(?:#{1,6} |[=*<>~_+[(|–—-])/;

/** What processes of a cluster run in, with something that tells one from another. */
const PLACE =
  /(?:^|[^a-z])(?:host|node|pod|server|vm|machine|tm|jm|task-?manager|job-?manager|container|process|pid|jvm|instance)(?:name)?[ :#=_-]{0,3}(?:\d|[a-z](?:$|[^a-z])|[\w-]{0,60}[-.\d])/i;
const FILE = /[\w-]\.(?:txt|log|jstack|tdump|dump|out|td)$/i;
const ADDRESS = /(?:^|\s)(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|io|local|internal|svc|lan|corp|cloud))(?::\d{1,5})?$/;
/** Who speaks of these speaks of threads of one process. */
const OF_THREADS = /\b(?:threads?|stacks?|traces?|locks?|locked|monitors?|frames?|holds?|holder|owner|deadlock\w*|waits?|waiting|block(?:s|ed))\b/i;
const TIME = /^(?:\[?\d{2,4}[-/.]\d\d[-/.]\d{2,4}[T ])?\[?\d{1,2}:\d\d\S{0,20}(?: |$)/;
/** What stands for lines that were left out, and what stands around a dump. */
const OTHER = /^(?:snip\w{0,10}|noformat|code|quote|pre|details|summary|java|text|skipped|omitted)$/i;

/** What a tool writes above each of its sources, or what asks one for its output. */
export const isCommand = (line: string): boolean => TOOL.test(line) || COMMAND.test(line);

/** Of a line from `start` to `end`. */
export function seamAt(text: string, start: number, end: number): Seam {
  const line = text.slice(start, end).trim();
  if (line.length > MAX_LENGTH) return 'prose';
  if (isCommand(line) || PROCESS.test(line)) return 'source';
  const marked = withoutMarks(line);
  const inner = marked.replace(TIME, '');
  if ((!/[a-z]/i.test(inner) && !ADDRESS.test(inner)) || OTHER.test(inner) || OF_THREADS.test(inner)) return null;
  // The title of the thread below it.
  const below = /^\s*"([^"\n]{1,200})"/.exec(text.slice(end, end + BEHIND))?.[1] ?? '';
  if (inner.length > 2 && below.toLowerCase().includes(inner.toLowerCase())) return null;
  const label = DECORATED.test(line) || line.endsWith(':');
  const words = inner.split(/\s+/).length;
  if (words <= MAX_WORDS && (label || words <= 2) && (PLACE.test(inner) || FILE.test(inner) || ADDRESS.test(inner))) return 'source';
  // With a time before it, it is a record of a log.
  if (inner !== marked) return null;
  return label && words <= MAX_WORDS ? 'label' : 'prose';
}

const MARKS = '=*#<>~_+|[](){}:`"\'.–— -\t';

/** What a line says within the rules and brackets that stand around it. */
export function withoutMarks(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && MARKS.includes(line[start] as string)) start++;
  while (end > start && MARKS.includes(line[end - 1] as string)) end--;
  return line.slice(start, end);
}
