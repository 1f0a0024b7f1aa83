/** Where the stack of one thread ends and another one begins, told by the lines alone. */

/** A lock as a dump prints it. */
const LOCK = /^\s*[-–—−] +(?:waiting (?:to lock|on)|locked|parking to wait for|blocked on) +(?:<|[\w.$[;]+@[\da-f]+)/;

/** With `java.lang.Thread.run` a stack ends, but for the `run` of a subclass. */
export function endsStack(text: string, at: number, end: number): boolean {
  if (text.startsWith('java.lang.Thread.run(', at)) return true;
  if (!text.startsWith('java.base', at)) return false;
  const slash = text.indexOf('/', at);
  return slash !== -1 && slash < end && text.startsWith('java.lang.Thread.run(', slash + 1);
}

/** Behind the end of a stack: a frame that no `run` of a subclass is. Without a blank line before it only a frame of the JDK tells. */
export function startsStack(text: string, at: number, end: number, afterBlank: boolean): boolean {
  const frame = text.slice(at, Math.min(end, at + 400));
  if (/\.(?:run\w*|main)\(/.test(frame)) return false;
  return afterBlank || (/^(?:java\.base[^/]*\/)?(?:java|jdk|sun)\./.test(frame) && frame.includes('Native Method'));
}

/** Between `start` and `end` stands a lock, as a dump prints it below its frame. */
export function isLockLine(text: string, start: number, end: number): boolean {
  return LOCK.test(text.slice(start, Math.min(end, start + 120)));
}

/** A line that begins with hyphens and is none of JRockit's about a lock. */
export function isRule(text: string, start: number, end: number): boolean {
  return /^--(?! (?:Block|Wait|Park|Hold|Lock))/.test(text.slice(start, Math.min(end, start + 200)));
}

/** A line that names an exception, whose frames follow, or that ends what a dump was quoted in. */
export function endsBlock(text: string, start: number, end: number): boolean {
  const line = text.slice(start, Math.min(end, start + 300));
  return /^(?:\x60{3,}|\{(?:noformat|code|quote)\b|(?:Caused by: )?(?:[a-z_]\w{0,60}\.){1,12}[A-Z]\w{0,100}(?:Exception|Error)(?::|$))/.test(line);
}

/** How many frames may stand before the first lock. */
const MAX_FRAMES = 12;

/** From `from` on come frames with a lock among them: those of a dump, as the trace of an exception has no locks. */
export function locksFollow(text: string, from: number): boolean {
  let at = from;
  for (let count = 0; count < MAX_FRAMES && at < text.length; count++) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    if (isLockLine(text, at, end)) return true;
    if (!/^\s*at /.test(text.slice(at, Math.min(end, at + 120)))) return false;
    at = end + 1;
  }
  return false;
}

/** From `from` on comes the stack of a thread, its state or its locks. */
export function stackFollows(text: string, from: number): boolean {
  return /^\s*(at [\w$.@/-]+\(|at [\w$.@/<>-]+\.[\w$<>]+|- (waiting|locked|parking)|java\.lang\.Thread\.State)/.test(text.slice(from, from + 400));
}

/** A dump that ends at `end` stops in the middle of a line, and so does the text. */
export function breaksOff(text: string, end: number): boolean {
  if (end < text.length) return false;
  const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end).trim();
  return /^(at |- |")/.test(line) && !/[)\]>:"\w]$/.test(line.startsWith('at ') && !line.endsWith(')') ? ' ' : line);
}
