import type { Hover } from '../types.ts';
import { type DumpDocument, type DumpElement, elementsOf } from './elements.ts';
import { frameHover } from './hoverFrame.ts';
import { knowledgeHover } from './hoverKnowledge.ts';
import { lockHover } from './hoverLock.ts';
import { threadHover } from './hoverThread.ts';

/** A part of a hover: Markdown, or null when it has nothing to say about the place. */
export type HoverContributor = (element: DumpElement, document: DumpDocument) => string | null;

/** In the order of the hover; whoever knows more about threads, locks or frames adds a line here. */
const CONTRIBUTORS: readonly HoverContributor[] = [lockHover, threadHover, frameHover, knowledgeHover];

export function hover(document: DumpDocument, offset: number): Hover | null {
  const element = elementsOf(document).at(document, offset);
  if (element === null) return null;
  const parts = CONTRIBUTORS.map((contribute) => contribute(element, document)).filter((part) => part !== null);
  return parts.length === 0 ? null : { span: element.span, markdown: parts.join('\n\n') };
}
