import { dumpToFileHeader } from './dumpToFileText.ts';
import { type Header, newHeader } from './header.ts';
import { MAX_NAME_LENGTH } from './names.ts';

/** A header that begins with no quote; which may stand in a line is told by its first character. */
export function bareHeader(text: string, start: number, end: number): Header | null {
  switch (text.charCodeAt(start)) {
    case 35 /* # */:
      return end - start > MAX_NAME_LENGTH ? null : dumpToFileHeader(text, start, end);
    case 84 /* T */:
      return agentHeader(text, start, end) ?? matHeader(text, start, end);
    case 48 /* 0 */:
    case 61 /* = */:
      return end - start > MAX_NAME_LENGTH ? null : hsErrHeader(text, start, end);
    default:
      return null;
  }
}

/** `Thread 4711: (state = BLOCKED)` of jstack -F: the state is the VM's own, "blocked" says nothing about a monitor. */
function agentHeader(text: string, start: number, end: number): Header | null {
  const match = /^Thread (\d+): \(state = (\w+)\)\s*$/.exec(text.slice(start, end));
  if (match === null) return null;
  const header = newHeader('jstack-f', start, start + 7 + (match[1] as string).length);
  header.nid = match[1] as string;
  header.key = match[1] as string;
  header.words = `VM state ${match[2]}`;
  return header;
}

/** `0x… JavaThread "name" daemon [_thread_blocked, id=35704, stack(…)]` in the thread list of hs_err_pid files. */
function hsErrHeader(text: string, start: number, end: number): Header | null {
  const line = text.slice(start, end).trimEnd();
  if (!line.endsWith(']')) return null;
  const match = /^(?:=>)?0x[\da-fA-F]+ JavaThread "([\s\S]*)"( daemon)? \[(_thread_\w+), id=(\d+)/.exec(line);
  if (match === null) return null;
  const nameStart = text.indexOf('"', start) + 1;
  const header = newHeader('hs-err', nameStart, nameStart + (match[1] as string).length);
  header.daemon = match[2] !== undefined;
  header.nid = match[4] as string;
  header.key = match[4] as string;
  header.words = match[3] as string;
  return header;
}

/** `Thread 0x7f0d8a0a8`, in front of the stacks that Eclipse's Memory Analyzer takes from a heap dump: there are no names. */
function matHeader(text: string, start: number, end: number): Header | null {
  const match = /^Thread (0x[\da-f]+)$/.exec(text.slice(start, end));
  if (match === null || !/^\s*at /.test(text.slice(end, end + 40))) return null;
  const header = newHeader('mat', start + 7, end);
  header.key = match[1] as string;
  return header;
}
