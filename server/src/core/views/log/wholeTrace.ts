import type { LogAnalysis } from '../../analysis/log/model.ts';
import { linePlace } from '../../log/files.ts';
import type { Throwable, TraceFrame } from '../../log/model.ts';
import { formatStamp } from '../../log/time.ts';
import { type Enclosing, expandedFrames, whyIncomplete } from '../../log/traces/throwables.ts';
import { incompleteText } from '../../rules/log/words.ts';
import { TRACE } from './words.ts';

/** Lines of a trace that are written out. */
const MAX_LINES = 20_000;

interface Part {
  throwable: Throwable;
  enclosing: Enclosing | null;
  indent: string;
}

/**
 * A stack trace with the frames that "... N more" stands for written out, each marked with the line where it is printed.
 * What cannot be completed says why. Null when there is no such trace.
 */
export function wholeTrace({ log, files }: LogAnalysis, index: number, lineOf: (offset: number) => number): string | null {
  const exception = log.exceptions[index];
  if (exception === undefined) return null;
  const numberOf = (line: number) => linePlace(files, line).number;
  const time = exception.time === null ? '' : formatStamp(exception.time, log.clock === 'epoch');
  const out: string[] = [];
  let filled = 0;
  const open: Part[] = [{ throwable: exception.top, enclosing: null, indent: '' }];
  for (let part = open.pop(); part !== undefined && out.length < MAX_LINES; part = open.pop()) {
    const { throwable, enclosing, indent } = part;
    out.push(`${indent}${headOf(throwable)}`);
    const frames = expandedFrames(throwable, enclosing);
    const own = throwable.frames.length;
    for (const [at, frame] of (frames ?? throwable.frames).entries()) {
      if (throwable.gaps.includes(at)) out.push(`${indent}\t...`);
      out.push(`${indent}\tat ${frameLine(frame)}${at < own ? '' : ` ${TRACE.asInLine(numberOf(lineOf(frame.span.start)))}`}`);
      if (at >= own) filled++;
    }
    if (throwable.gaps.includes(own)) out.push(`${indent}\t...`);
    const why = whyIncomplete(throwable, enclosing);
    if (why !== null) out.push(`${indent}\t${TRACE.incomplete((throwable.elided ?? -1) < 0 ? null : throwable.elided, incompleteText(why))}`);
    const inner = { throwable, frames };
    if (throwable.cause !== null) open.push({ throwable: throwable.cause, enclosing: inner, indent });
    for (const one of [...throwable.suppressed].reverse()) open.push({ throwable: one, enclosing: inner, indent: `${indent}\t` });
  }
  if (open.length > 0) out.push(TRACE.left(open.length));
  const title = TRACE.title(exception.kind === 'thread-stack', numberOf(exception.line), time, filled);
  return `${title}\n\n${out.slice(0, MAX_LINES).join('\n')}\n`;
}

const RELATIONS: Record<Throwable['relation'], string> = {
  top: '',
  'caused-by': 'Caused by: ',
  suppressed: 'Suppressed: ',
  'wrapped-by': 'Wrapped by: ',
};

function headOf({ relation, className, message, circular }: Throwable): string {
  const name = className ?? TRACE.unnamed;
  if (circular) return `${RELATIONS[relation]}[CIRCULAR REFERENCE: ${name}]`;
  return `${RELATIONS[relation]}${name}${message === null ? '' : `: ${message}`}`;
}

function frameLine({ module, className, method, file, line, jar }: TraceFrame): string {
  const place = file === null ? 'Unknown Source' : line === null ? file : `${file}:${line}`;
  const tag = jar === null ? '' : ` ${jar.exact ? '' : '~'}[${jar.name}:${jar.version}]`;
  return `${module === null ? '' : `${module}/`}${className}.${method}(${place})${tag}`;
}
