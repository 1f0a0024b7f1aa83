/** Lines of the old text replaced by lines of the new one; 0-based. */
export interface Hunk {
  oldStart: number;
  oldCount: number;
  newStart: number;
  newCount: number;
}

/** More differences than this are shown as one hunk: nobody reads them singly, and the search would take long. */
const MOST_DIFFERENCES = 3000;

/** Lines with their ends. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Shortest list of differing stretches of two lists of lines (Myers' greedy algorithm; time grows with the differences). */
export function lineDiff(left: readonly string[], right: readonly string[]): Hunk[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let leftEnd = left.length;
  let rightEnd = right.length;
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  if (start === leftEnd && start === rightEnd) return [];
  const whole = { oldStart: start, oldCount: leftEnd - start, newStart: start, newCount: rightEnd - start };
  const steps = shortestEdit(left.slice(start, leftEnd), right.slice(start, rightEnd));
  return steps === null ? [whole] : joined(steps, start);
}

type Step = { x: number; y: number; kind: 'delete' | 'insert' };

function shortestEdit(left: readonly string[], right: readonly string[]): Step[] | null {
  const most = Math.min(left.length + right.length, MOST_DIFFERENCES);
  const reached = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let differences = 0; differences <= most; differences++) {
    history.push(new Map(reached));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const down = diagonal === -differences || (diagonal !== differences && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1));
      let x = down ? (reached.get(diagonal + 1) ?? 0) : (reached.get(diagonal - 1) ?? 0) + 1;
      let y = x - diagonal;
      while (x < left.length && y < right.length && left[x] === right[y]) {
        x++;
        y++;
      }
      reached.set(diagonal, x);
      if (x >= left.length && y >= right.length) return backwards(history, left.length, right.length);
    }
  }
  return null;
}

function backwards(history: readonly Map<number, number>[], width: number, height: number): Step[] {
  const steps: Step[] = [];
  let x = width;
  let y = height;
  for (let differences = history.length - 1; differences > 0; differences--) {
    const reached = history[differences] as Map<number, number>;
    const diagonal = x - y;
    const down = diagonal === -differences || (diagonal !== differences && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1));
    const from = down ? diagonal + 1 : diagonal - 1;
    const fromX = reached.get(from) ?? 0;
    const fromY = fromX - from;
    steps.push(down ? { x: fromX, y: fromY, kind: 'insert' } : { x: fromX, y: fromY, kind: 'delete' });
    x = fromX;
    y = fromY;
  }
  return steps.reverse();
}

function joined(steps: readonly Step[], offset: number): Hunk[] {
  const hunks: Hunk[] = [];
  for (const { x, y, kind } of steps) {
    const last = hunks.at(-1);
    if (last !== undefined && last.oldStart + last.oldCount === x + offset && last.newStart + last.newCount === y + offset) {
      if (kind === 'delete') last.oldCount++;
      else last.newCount++;
    } else {
      hunks.push({ oldStart: x + offset, oldCount: kind === 'delete' ? 1 : 0, newStart: y + offset, newCount: kind === 'insert' ? 1 : 0 });
    }
  }
  return hunks;
}

/** Lines around a change in a patch. */
const CONTEXT = 3;

/** A patch in unified format as `patch -p1` and `git apply` read it; empty when the texts are equal. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const left = splitLines(before);
  const right = splitLines(after);
  const hunks = lineDiff(left, right);
  if (hunks.length === 0) return '';
  let result = `--- a/${path}\n+++ b/${path}\n`;
  for (let at = 0; at < hunks.length; ) {
    let end = at + 1;
    while (end < hunks.length && gap(hunks[end - 1] as Hunk, hunks[end] as Hunk) <= 2 * CONTEXT) end++;
    result += group(left, right, hunks.slice(at, end));
    at = end;
  }
  return result;
}

function gap(first: Hunk, second: Hunk): number {
  return second.oldStart - (first.oldStart + first.oldCount);
}

function group(left: readonly string[], right: readonly string[], hunks: readonly Hunk[]): string {
  const first = hunks[0] as Hunk;
  const last = hunks.at(-1) as Hunk;
  const from = Math.max(0, first.oldStart - CONTEXT);
  const to = Math.min(left.length, last.oldStart + last.oldCount + CONTEXT);
  const newFrom = first.newStart - (first.oldStart - from);
  let body = '';
  let at = from;
  for (const hunk of hunks) {
    for (; at < hunk.oldStart; at++) body += line(' ', left[at] as string);
    for (; at < hunk.oldStart + hunk.oldCount; at++) body += line('-', left[at] as string);
    for (let n = hunk.newStart; n < hunk.newStart + hunk.newCount; n++) body += line('+', right[n] as string);
  }
  for (; at < to; at++) body += line(' ', left[at] as string);
  const oldCount = to - from;
  const newCount = oldCount + hunks.reduce((sum, hunk) => sum + hunk.newCount - hunk.oldCount, 0);
  return `@@ -${oldCount === 0 ? from : from + 1},${oldCount} +${newCount === 0 ? newFrom : newFrom + 1},${newCount} @@\n${body}`;
}

function line(mark: string, text: string): string {
  return text.endsWith('\n') ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`;
}
