import { type Header, newHeader, STATES } from './header.ts';
import type { ThreadState } from './model.ts';

/** Lines between a title and its stack: its state, blank ones, fences, the rule below a heading. */
const BETWEEN =
  /^(?:(?:thread )?state ?[:=] ?[A-Z_]{3,13}|`{3,}\w*|~{3,}\w*|\{(?:noformat|code)[^{}]{0,40}\}|<\/?(?:pre|code|details|summary)>|[-=]{3,}|>?)$/i;
const MAX_BETWEEN = 4;
const MAX_LENGTH = 300;

/** Marks of headings, lists, quotations, numbers and tags before a title. */
const MARKS = /^(?:[\s#>=*_~•|+-]|\d{1,4}[.)]\s|h[1-6]\.\s|<\w{1,10}>){0,40}/;
/** What says that a thread is named. */
const LABEL = /(?:stack(?: ?trace)? (?:of|for) )?\b(?:(?:thread|task)(?: ?name)?|name(?=:))(?: ?#\d{1,6})?(?:\s*[:=–-][*_]{0,3}\s+|\s+|[:=])/iy;
/** A name between quotation marks or in code, or a bare one; a state may follow. */
const NAME =
  /(?:["'`[]{1,3}(?<inner>[^"'`\]\n]{1,200})["'`\]]{1,3}|(?<bare>[^\s"'`[][^"'`\n]{0,200}?))(?:[\s:(*_,-]{0,6}(?:is |\(?state ?[:=]? ?)?(?<state>NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)\b)?(?:[\s:)*_~#=|-]|<\/\w{1,10}>){0,12}$/y;
/** The name of a subtask is told by its end. */
const SUBTASK = / \(\d{1,6}\/\d{1,6}\)(?:#\d{1,6})?$/;
/** A line that is a name and nothing else: one word that is none of a language, or the name of a subtask. */
const BARE_NAME = /^(?=\S{0,200}[-\d_#])[A-Za-z][^\s:"'()[\]{}<>]{1,200}$|^[^"'\n]{1,200} \(\d{1,6}\/\d{1,6}\)(?:#\d{1,6})?$/;
/** Titles of other things. */
const OTHER = /^(?:java\.lang\.|(?:thread )?(?:dump|dumps|stack|stacks|trace|log|output|jstack|state|pool)s?\b)/i;

/** What says that a line was taken out, where a name would stand. */
const REMOVED =
  /^redacted\b|\b(?:redacted|removed|deleted|masked|anonymi[sz]ed|omitted|hidden|censored|stripped|snip(?:ped)?|withheld|confidential|elided)\b/i;
/** In brackets so many words are a remark. */
const REMARK = /^\S+(?:\s+\S+){3}/;

/**
 * The thread that a title above a stack names: "### Thread: `worker-1`", "**worker-1**" before a fence, "=== worker-1 ===".
 * A line of prose names none: the name is marked as one, or is one word under a heading. Null where nothing does.
 */
export function threadTitle(text: string, stack: number): Header | null {
  let end = stack - 1;
  let rule = false;
  for (let lines = 0; lines <= MAX_BETWEEN && end > 0; lines++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (end - start > MAX_LENGTH) return null;
    const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    if (!BETWEEN.test(line.trim())) return titleIn(line, start, rule);
    rule = /^[-=]{3}/.test(line);
    end = start - 1;
  }
  return null;
}

function titleIn(line: string, start: number, rule: boolean): Header | null {
  const marks = MARKS.exec(line)?.[0] ?? '';
  LABEL.lastIndex = marks.length;
  const label = LABEL.exec(line)?.[0] ?? '';
  NAME.lastIndex = marks.length + label.length;
  const match = NAME.exec(line);
  const { inner, bare, state } = match?.groups ?? {};
  const name = inner ?? bare;
  if (match === null || name === undefined || OTHER.test(name) || (/\)$|^at /.test(name) && !BARE_NAME.test(line.trim()))) return null;
  if (isRemark(name, inner !== undefined && match[0].startsWith('['))) return null;
  const marked = /[#=*_]|--|h\d\.|<\w/.test(marks) || rule;
  const told = label !== '' || inner !== undefined;
  if (!told && !marked && !BARE_NAME.test(line.trim()) && !(state !== undefined && BARE_NAME.test(name))) return null;
  // A word that goes on as a sentence does is no name.
  const sentence =
    SUBTASK.test(name) || BARE_NAME.test(line.trim())
      ? false
      : /\s/.test(name)
        ? !(told && marked)
        : !marked && state === undefined && !/[\d-]/.test(name);
  if (inner === undefined && sentence && !label.includes(':')) return null;
  const at = start + line.indexOf(name, match.index);
  const header = newHeader('hotspot', at, at + name.length);
  if (state !== undefined && STATES.has(state)) header.state = state as ThreadState;
  return header;
}

/** Somebody tells there that a line is gone: the thread has lost its name. */
function isRemark(text: string, bracketed: boolean): boolean {
  if (SUBTASK.test(text)) return false;
  return bracketed ? REMOVED.test(text) || (REMARK.test(text) && !/\d\)?$/.test(text)) : REMOVED.test(text) && !BARE_NAME.test(text);
}
