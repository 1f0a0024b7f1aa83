import { EMPTY_SPAN } from '../../../../../common/span.ts';
import type { TraceFrame } from '../../log/model.ts';

/** "org.example.Job.map(Job.java:12)", as Java prints it. */
export function frameText({ className, method, file, line }: Pick<TraceFrame, 'className' | 'method' | 'file' | 'line'>): string {
  return `${className}.${method}(${file === null ? 'Unknown Source' : line === null ? file : `${file}:${line}`})`;
}

/** The frame of such a text, whose end may have been cut off. */
export function frameOfText(text: string): TraceFrame {
  const open = text.indexOf('(');
  const name = open === -1 ? text : text.slice(0, open);
  const place = open === -1 ? '' : text.slice(open + 1, text.endsWith(')') ? -1 : undefined);
  const dot = name.lastIndexOf('.');
  const colon = place.lastIndexOf(':');
  const number = colon === -1 ? Number.NaN : Number(place.slice(colon + 1));
  const line = Number.isInteger(number) ? number : null;
  return {
    className: name.slice(0, Math.max(0, dot)),
    method: name.slice(dot + 1),
    file: place === '' || place === 'Unknown Source' ? null : line === null ? place : place.slice(0, colon),
    line,
    module: null,
    jar: null,
    span: EMPTY_SPAN,
  };
}
