/** Forms that only a dump has: titles, the JVM's deadlock section, the keys of the JSON forms, javacore tags. */
const STRONG =
  /full thread dump|Found one Java-level deadlock|Java stack information for the threads listed above|\\?"(?:threadInfos|threadContainers)\\?"\s*:\s*\[|\\?"stringifiedThreadInfo\\?"\s*:\s*\\?"|^[13]XM(?:THREADINFO|THDINFO)\b|\b3XMTHREADINFO +"[^"\n]*" J9VMThread:|"threadState"\s*:\s*"[A-Z_]+",\s*"stackTrace"|^Thread 0x[\da-f]+\n\s+at |^[ \t]{0,20}(?:Daemon |System ){0,2}Thread \[[^\n]{1,400}\] \((?:Suspended|Running)\b|^0SECTION\s+TITLE subcomponent|JavaThread "[^"\n]*"(?: daemon)? \[_thread_/im;

/** Spring's list has words that other JSON has too: only together they tell. */
const SPRING = [/"threadName"\s*:\s*"/, /"stackTrace"\s*:\s*\[/, /"(?:threadState|lockedMonitors)"\s*:/];

/** The first lines of a thread's block; quotes may be escaped by a wrapper. */
const HEADERS =
  /(?:"|&quot;|&#34;)(?: #\d{1,9})?[^"\n\\]{0,120}? (?:os_)?prio=-?\d+ [^\n]{0,240}?\b(?:tid|id)=|(?:"|&quot;|&#34;)(?: daemon)?(?: prio=\d+)? Id=\d+(?: (?:Group|cpuUsage)=[^"\n]{0,100}?)? (?:NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)\b|(?:"|&quot;) - Thread t@\d+|\bThread \d+: \(state = [A-Z_]+\)|#\d+ (?:"|&quot;|\\")[^\n]{0,400}(?:"|&quot;)(?: virtual\b| (?:RUNNABLE|BLOCKED|WAITING|TIMED_WAITING) \d{4}-)|"[^"\n]{1,400}" id=\d+ in [A-Z_]+\b|\bPID: \d+ \| Suspended: (?:true|false) \| Native: (?:true|false) \| State: [A-Z_]+/g;

/** Lines that stand in a thread's block and nowhere else; frames with the types of their methods come from heap dumps. */
const MARKS =
  /java\.lang\.Thread\.State: [A-Z_]+|- (?:waiting to lock|waiting on|locked|parking to wait for|eliminated) +(?:<|&lt;)(?:0x)?[\da-f]{6,}|-\s+(?:blocked on|waiting on|locked) [\w.$[;]+@[\da-f]+\b|-- Blocked trying to get lock|Locked ownable synchronizers:|\bat [\w.$]{3,300}\([\w/;[$]{0,300}\)\[{0,3}(?:[VZBSCIJFD]|L[\w/$]{1,200};) \(/g;

/** A stack that begins where threads wait. Exceptions begin there too, when they are interrupted, but below a line that names them. */
const WAITS =
  /(?<![^\n])(?![^\n]*(?:Exception|Error|Throwable|Caused by|Suppressed))(?![ \t>|*]{0,20}at )[^\n]{0,300}\n[ \t>|*`]{0,20}at (?:[\w.@-]{1,40}\/)?(?:(?:jdk\.internal|sun)\.misc\.Unsafe\.park|java\.lang\.Object\.wait0?|java\.lang\.Thread\.sleep0?|java\.net\.SocketInputStream\.socketRead0|sun\.nio\.ch\.(?:EPoll\.wait|SocketDispatcher\.read0|Net\.poll))\(/;

/** A logger's line: time of day and a level. */
const LOG_LINE = /^.{0,60}\d\d:\d\d:\d\d.{0,60}\b(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b/;
/** No head of a log's line is longer. */
const MAX_HEAD_LENGTH = 140;
const DUMP_WORDS = /\bat [\w.$/@-]+\(|tid=0x|Id=\d+ [A-Z]|Thread\.State:|- (?:locked|waiting|parking)|#\d+ "/;
const BRACKETS = /\[[^[\]]*\]|\([^()]*\)/g;

/** More than this many are not counted: the verdict is clear. */
const ENOUGH = 40;

/** How much a sample looks like a thread dump: 0 not at all, 1 certain. */
export function detectThreadDump(text: string): number {
  const sample = plain(text);
  const strong = STRONG.test(sample) || SPRING.every((pattern) => pattern.test(sample));
  const headers = count(sample, HEADERS);
  const marks = count(sample, MARKS);
  let score = 0;
  if (strong || headers >= 2 || (headers === 1 && marks > 0)) score = 0.97;
  else if (headers === 1) score = 0.7;
  else if (marks >= 2 || (marks === 1 && /\bat [\w.$/@-]+\([^()\n]*\)/.test(sample))) score = 0.6;
  else if (WAITS.test(`\n${sample}`)) score = 0.6;
  if (score === 0) return plainFrames(sample);
  // A log that quotes a stack stays a log; a log into which the JVM printed whole dumps is read as a dump.
  return strong || headers + marks >= ownLogLines(sample) ? score : Math.min(score, 0.5);
}

/** Without the escapes of a string literal, and without the zeros of UTF-16 read as single bytes. */
function plain(text: string): string {
  const escaped = text.includes('\\"') ? text.replaceAll(/(?<!\\)\\+(?=["/])/g, '') : text;
  return escaped.includes('\0') ? escaped.replaceAll('\0', '') : escaped;
}

/** dump_to_file of JDK 21 to 23 prints names and bare frames only. */
function plainFrames(sample: string): number {
  return /(?<![^\n])#\d+ "[^\n]*"(?: virtual)?[ \t\r]*\n {4,8}(?:at )?[\w.$/@-]+\([^()\n]*\)/.test(sample) ? 0.9 : 0;
}

function count(text: string, pattern: RegExp): number {
  pattern.lastIndex = 0;
  let found = 0;
  while (found < ENOUGH && pattern.exec(text) !== null) found++;
  return found;
}

/** Lines of a logger that carry no line of a dump. */
function ownLogLines(sample: string): number {
  let found = 0;
  for (const line of sample.split('\n')) {
    const head = LOG_LINE.exec(line.slice(0, MAX_HEAD_LENGTH));
    if (head === null) continue;
    const message = line.slice(head[0].length);
    if (!DUMP_WORDS.test(message) && /\w/.test(message.replace(BRACKETS, ''))) found++;
    if (found > ENOUGH) break;
  }
  return found;
}
