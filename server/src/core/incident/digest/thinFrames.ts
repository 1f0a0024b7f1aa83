import { EMPTY_SPAN } from '../../../../../common/span.ts';
import type { TraceFrame } from '../../log/model.ts';

/** "org.example.Job.map(Job.java:12)", as Java prints it. */
export function frameText({ className, method, file, line }: Pick<TraceFrame, 'className' | 'method' | 'file' | 'line'>): string {
  return `${className}.${method}(${file === null ? 'Unknown Source' : line === null ? file : `${file}:${line}`})`;
}

const FRAME = /^(?:(.*)\.)?([^.(]*)\(([^)]*)\)?$/;

/** The frame of such a text. */
export function frameOfText(text: string): TraceFrame {
  const [, className = '', method = '', place = ''] = FRAME.exec(text) ?? [undefined, text];
  const colon = place.lastIndexOf(':');
  const number = colon === -1 ? Number.NaN : Number(place.slice(colon + 1));
  const line = Number.isInteger(number) ? number : null;
  const file = place === '' || place === 'Unknown Source' ? null : line === null ? place : place.slice(0, colon);
  return { className, method, file, line, module: null, jar: null, span: EMPTY_SPAN };
}
