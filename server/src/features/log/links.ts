import { contentUri } from '../../../../common/virtual.ts';
import type { TraceFrame } from '../../core/log/model.ts';
import type { Link, SourceReference } from '../types.ts';
import { elementsOf, type LogDocument } from './elements.ts';
import { LOG_FEATURES } from './words.ts';

const MAX_LINKS = 4000;

/** From frames to source files (the JDK has no source in a workspace), from "... N more" to the whole trace. */
export function links(document: LogDocument): Link[] {
  const result: Link[] = [];
  const elements = elementsOf(document);
  for (const { span, exception } of elements.elided) {
    if (result.length >= MAX_LINKS) break;
    result.push({ span, tooltip: LOG_FEATURES.links.trace, target: contentUri({ uri: document.uri, name: 'trace', part: exception.index }) });
  }
  for (const { frame } of elements.frames) {
    if (result.length >= MAX_LINKS) break;
    const source = sourceOf(frame);
    if (source === null) continue;
    const label = frame.line === null ? source.file : `${source.file}:${frame.line}`;
    const at = document.text.slice(frame.span.start, frame.span.end).indexOf(label);
    if (at === -1) continue;
    result.push({
      span: { start: frame.span.start + at, end: frame.span.start + at + label.length },
      tooltip: LOG_FEATURES.links.open(source.file),
      source,
    });
  }
  return result;
}

function sourceOf(frame: TraceFrame): SourceReference | null {
  if (frame.file === null || !/\.(?:java|scala|kt|groovy)$/.test(frame.file) || /^(?:java|javax|jdk|sun|com\.sun)\./.test(frame.className))
    return null;
  const dot = frame.className.lastIndexOf('.');
  return { package: dot === -1 ? '' : frame.className.slice(0, dot).replaceAll('.', '/'), file: frame.file, line: frame.line };
}
