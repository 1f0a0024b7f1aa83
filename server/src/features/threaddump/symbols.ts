import type { SymbolKind } from 'vscode-languageserver-types';
import type { Span } from '../../../../common/span.ts';
import { displayName } from '../../core/analysis/threaddump/names.ts';
import { roleOf } from '../../core/analysis/threaddump/roles.ts';
import type { Thread } from '../../core/threaddump/model.ts';
import { quoted } from '../../core/wording.ts';
import type { DocumentSymbol } from '../types.ts';
import { type DumpDocument, type DumpLookup, elementsOf } from './elements.ts';
import { OUTLINE } from './words.ts';

// SymbolKind is a namespace of numbers; only its type is imported, so that the core of a feature stays free of the protocol's code.
const FILE = 1 as SymbolKind;
const NAMESPACE = 3 as SymbolKind;
const EVENT = 24 as SymbolKind;
const METHOD = 6 as SymbolKind;
const KEY = 20 as SymbolKind;

/** A pool needs this many threads to get a node of its own. */
const POOL = 4;
const MAX_CHILDREN = 2000;

/** Dump, then state, then pool or thread; the members of a deadlock first, where there is one. */
export function symbols(document: DumpDocument): DocumentSymbol[] {
  const elements = elementsOf(document);
  return elements.dumps.map((dump) => dumpSymbol(dump, elements.dumps.length));
}

function dumpSymbol(dump: DumpLookup, count: number): DocumentSymbol {
  const { dump: source } = dump.analysed;
  const name = OUTLINE.dump(dump.index + 1, count);
  const detail = [source.time, OUTLINE.threads(source.threads.length)].filter((part) => part !== null).join(', ');
  const children = [...deadlockSymbols(dump), ...stateSymbols(dump)];
  const span = around([source.span, ...children.map((child) => child.span)]);
  return { name, detail, kind: FILE, span, selection: { start: span.start, end: span.start }, children };
}

function deadlockSymbols(dump: DumpLookup): DocumentSymbol[] {
  return dump.analysed.deadlocks.flatMap((deadlock): DocumentSymbol[] => {
    const members = deadlock.threads.flatMap((threadIndex) => dump.graph.threads[threadIndex]?.thread ?? []);
    if (members.length === 0) return [];
    return [
      group(
        OUTLINE.deadlock(deadlock.threads.length),
        deadlock.certainty,
        EVENT,
        members.slice(0, MAX_CHILDREN).map((thread) => threadSymbol(dump, thread)),
      ),
    ];
  });
}

const ORDER = ['BLOCKED', 'WAITING', 'TIMED_WAITING', 'RUNNABLE', 'NEW', 'TERMINATED', ''];

function stateSymbols(dump: DumpLookup): DocumentSymbol[] {
  const byState = new Map<string, Thread[]>();
  for (const thread of dump.analysed.dump.threads) {
    const state = thread.state ?? '';
    const known = byState.get(state);
    if (known === undefined) byState.set(state, [thread]);
    else known.push(thread);
  }
  return ORDER.flatMap((state) => {
    const found = byState.get(state);
    if (found === undefined) return [];
    return [group(state === '' ? OUTLINE.noState : state, OUTLINE.threads(found.length), NAMESPACE, pooled(dump, found))];
  });
}

/** Threads whose names differ in their numbers only are a pool. */
function pooled(dump: DumpLookup, found: readonly Thread[]): DocumentSymbol[] {
  const pools = new Map<string, Thread[]>();
  for (const thread of found) {
    const pool = poolName(thread.name);
    const known = pools.get(pool);
    if (known === undefined) pools.set(pool, [thread]);
    else known.push(thread);
  }
  const result: DocumentSymbol[] = [];
  for (const [pool, members] of pools) {
    const children = members.slice(0, MAX_CHILDREN).map((thread) => threadSymbol(dump, thread));
    if (members.length < POOL) result.push(...children);
    else result.push(group(quoted(pool, 60).slice(1, -1) || OUTLINE.noName, OUTLINE.threads(members.length), NAMESPACE, children));
  }
  result.sort((a, b) => a.span.start - b.span.start);
  if (result.length <= MAX_CHILDREN) return result;
  const last = result[MAX_CHILDREN] as DocumentSymbol;
  return [...result.slice(0, MAX_CHILDREN), { ...last, name: OUTLINE.more(result.length - MAX_CHILDREN), detail: '', children: [] }];
}

/** "pool-1-thread-12" and "pool-1-thread-3" are both "pool-1-thread-*": the last number counts the threads of a pool. */
export function poolName(name: string): string {
  return name.slice(0, 200).replace(/(?<!\d)\d+(?=\D*$)/, '*');
}

function threadSymbol(dump: DumpLookup, thread: Thread): DocumentSymbol {
  const standing = dump.member.has(thread.index)
    ? 'in-deadlock'
    : dump.victim.has(thread.index)
      ? 'behind-deadlock'
      : dump.graph.waits.has(thread.index)
        ? 'waits'
        : 'none';
  // What the name alone tells: an outline of thousands of threads reads no frames.
  const role = roleOf(thread.name)?.role.title;
  const parts = [OUTLINE.standing[standing], role].filter((part) => part !== undefined && part !== '');
  return {
    name: quoted(displayName({ name: thread.name, thread }), 120).slice(1, -1) || '""',
    detail: parts.join(', '),
    kind: standing === 'none' ? METHOD : KEY,
    span: around([thread.span, thread.nameSpan]),
    selection: thread.nameSpan,
  };
}

function group(name: string, detail: string, kind: SymbolKind, children: DocumentSymbol[]): DocumentSymbol {
  const span = around(children.map((child) => child.span));
  return { name, detail, kind, span, selection: (children[0] as DocumentSymbol).selection, children };
}

function around(spans: readonly Span[]): Span {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const span of spans) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return { start: Number.isFinite(start) ? start : 0, end };
}
