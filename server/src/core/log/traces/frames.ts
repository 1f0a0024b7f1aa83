import type { LineSource } from '../../unwrap/lines/lineSource.ts';
import type { TraceFrame } from '../model.ts';

/** A line longer than this is no list of frames that anybody printed; keeps the matching bounded. */
const MAX_LENGTH = 8000;

const NAME = '[\\w$<>\\-\\u0080-\\uffff]+';
const FRAME = new RegExp(
  `[ \\t]*(at +)?((?:[\\w.$@-]*\\/){0,2})((?:${NAME}\\.)+)(${NAME})\\(([^()\\n]{0,300})(\\)|$)[ \\t]*(~?\\[[^\\]\\n]*\\]?)?[ \\t]*`,
  'y',
);
const LOCATION = /^(.*?)(?::(\d+))?$/;
/** What may stand between the brackets of a frame, so that "retry(3)" in prose is none. */
const PLAUSIBLE =
  /^(?:Native Method|Unknown Source|<[\w ]+>|[\w$ .\-\u0080-\uffff]+\.(?: ?)(?:java|scala|kt|groovy|clj|py)(?::\d+)?|[\w$-]+|[\w$-]+:\d+)?$/;
const TAG = /^(~?)\[([^:\]]*)(?::([^\]]*))?\]?$/;

/**
 * The frames of one line: one with the JVM's printer, several where line breaks were lost.
 * `bare` allows a frame without "at". Null when the line is anything but frames.
 */
export function parseFrames(
  line: string,
  lineStart: number,
  text: LineSource,
  bare: boolean,
): { frames: TraceFrame[]; joined: boolean; bare: boolean } | null {
  if (line.length > MAX_LENGTH) return null;
  const frames: TraceFrame[] = [];
  let at = 0;
  let anyBare = false;
  while (at < line.length) {
    FRAME.lastIndex = at;
    const match = FRAME.exec(line);
    if (match === null) return frames.length === 0 || at < line.length - 40 ? null : { frames, joined: frames.length > 1, bare: anyBare };
    const [whole, marker, module = '', owner = '', method = '', location = '', closed, tag] = match;
    if (marker === undefined) {
      if (!bare && frames.length === 0) return null;
      anyBare = true;
    }
    if (!PLAUSIBLE.test(location) || (closed === '' && marker === undefined)) return null;
    const start = at + whole.length - whole.trimStart().length;
    frames.push(frame(module, owner, method, location, tag, text.span(lineStart + start, lineStart + at + whole.trimEnd().length)));
    at += whole.length;
  }
  return frames.length === 0 ? null : { frames, joined: frames.length > 1, bare: anyBare };
}

function frame(module: string, owner: string, method: string, location: string, tag: string | undefined, span: TraceFrame['span']): TraceFrame {
  // "Foo$$Lambda$14/0x0001.apply": the slash belongs to the class, not to a module.
  const hidden = module.includes('$$Lambda');
  const className = (hidden ? module : '') + owner.slice(0, -1);
  const [, file = '', line] = LOCATION.exec(location) ?? [];
  const named = !/^(?:Native Method|Unknown Source|<.*>|)$/.test(file);
  const jar = tag === undefined ? null : TAG.exec(tag);
  return {
    className,
    method,
    file: named ? file : null,
    line: line === undefined ? null : Number(line),
    module: hidden || module === '' ? null : module.replace(/(?<!\/)\/+$/, ''),
    jar: jar === null ? null : { name: jar[2] ?? '', version: jar[3] ?? '', exact: jar[1] !== '~' },
    span,
  };
}

export function methodKey(frame: { className: string; method: string }): string {
  return `${frame.className}.${frame.method}`;
}

export function frameKey(frame: TraceFrame): string {
  const place = frame.file === null ? 'Unknown Source' : frame.line === null ? frame.file : `${frame.file}:${frame.line}`;
  return `${frame.className}.${frame.method}(${place})`;
}
