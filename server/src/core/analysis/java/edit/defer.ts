import type { SyntaxNode } from '@lezer/common';
import { table } from '../../../../../../common/table.ts';
import { type Scope, typeOf } from '../../../java/scope.ts';
import { type Call, children, isStatementList, spanOf } from '../../../java/syntax.ts';
import { elementType } from '../../../java/typeText.ts';
import type { CallbackCall } from '../model.ts';
import { type Context, type Deferred, dedented, type Region, sourceText } from './context.ts';
import { visibleName } from './imports.ts';
import { block, indentAt } from './layout.ts';
import { flagName, listName, receiverName } from './names.ts';
import { takesLockForSure } from './nonNull.ts';
import { type Purpose, type Refusal, refuse } from './plan.ts';
import { isStable } from './stability.ts';
import type { Surroundings } from './surroundings.ts';

/** A call that is to leave a region. */
export interface Leaving {
  callback: CallbackCall;
  /** The call's statement, or the try that stands only for it. */
  statement: SyntaxNode;
  around: Surroundings;
  /** What the call is made on may be null: the exception must not come later than it did, and not be lost. */
  nullable: boolean;
  /** Nothing that can be told apart happens between the call and the end of the region. */
  quiet: boolean;
}

/** Whether what a call is made on is checked in its place, when it is kept in a way that takes null for "no call". */
export function isChecked({ nullable, quiet }: Pick<Leaving, 'nullable' | 'quiet'>, nullIsNone = false): boolean {
  return nullable && (nullIsNone || !quiet);
}

/** The text of an expression, in a check that it is not null where that is asked for. */
export function checked(context: Context, text: string, check: boolean): string {
  return check ? `${context.imports.use('java.util.Objects')}.requireNonNull(${text})` : text;
}

const BOXES = table<string>({
  int: 'Integer',
  long: 'Long',
  boolean: 'Boolean',
  double: 'Double',
  float: 'Float',
  short: 'Short',
  byte: 'Byte',
  char: 'Character',
});

/** The receiver's type as it can be written at the region; null when the file does not tell. */
export function receiverType(scope: Scope, callback: CallbackCall): string | null {
  const { receiver } = callback.call;
  const told = receiver === null ? null : typeOf(scope, receiver);
  const type = callback.each && told !== null ? elementType(told) : callback.each ? null : told;
  if (type !== null) return type;
  const full = callback.entry.receiverClass;
  return full === null ? null : (visibleName(scope, full) ?? null);
}

export function newList(context: Context, type: string, name: string): string {
  const list = context.imports.use('java.util.List');
  const arrayList = context.imports.use('java.util.ArrayList');
  return `${list}<${BOXES[type] ?? type}> ${name} = new ${arrayList}<>();`;
}

/** Calls a method of every element: `for (Buffer buffer : list) { buffer.recycleBuffer(); }`. */
export function forEachOf(context: Context, type: string, list: string, call: (element: string) => string[]): string[] {
  const simple = type.replace(/<.*$/s, '').replace(/^.*\./, '').replace(/\W/g, '');
  const wanted = simple.charAt(0).toLowerCase() + simple.slice(1);
  const element = context.names.fresh(/^(int|long|boolean|double|float|short|byte|char|class|default)$/.test(wanted) ? 'element' : wanted);
  return block(context.layout, `for (${type} ${element} : ${list})`, call(element));
}

/** Removes a statement with its line, or puts another text in its place. */
export function replaceStatement(context: Context, statement: SyntaxNode, lines: readonly string[], purpose: Purpose): Deferred['inPlace'] {
  const { text } = context.model.scope.source;
  const { eol, step } = context.layout;
  if (lines.length === 0) return [{ span: wholeLines(text, statement), newText: '', purpose }];
  const indent = indentAt(text, statement.from);
  const alone = statement.parent !== null && isStatementList(statement.parent.name);
  const newText =
    alone || lines.length === 1 ? lines.join(eol + indent) : `{${eol}${lines.map((line) => `${indent}${step}${line}`).join(eol)}${eol}${indent}}`;
  return [{ span: spanOf(statement), newText, purpose }];
}

function wholeLines(text: string, node: { from: number; to: number }): { start: number; end: number } {
  const lineStart = text.lastIndexOf('\n', node.from - 1) + 1;
  const rest = /^[ \t]*(?:\/\/[^\n\r]*)?\r?\n/.exec(text.slice(node.to, node.to + 400));
  if (text.slice(lineStart, node.from).trim() !== '' || rest === null) return { start: node.from, end: node.to };
  const end = node.to + rest[0].length;
  // A blank line before the last statement of a block would be left before the brace.
  const blank = /^[ \t]*\}/.test(text.slice(end, end + 200))
    ? (/\n([ \t]*\r?\n)$/.exec(text.slice(Math.max(0, lineStart - 80), lineStart))?.[1]?.length ?? 0)
    : 0;
  return { start: lineStart - blank, end };
}

/** How a call is made later: what to remember, where, and the call itself. */
export function defer(context: Context, region: Region, leaving: Leaving, remember: boolean): Deferred | Refusal {
  const { callback, statement, around } = leaving;
  const { scope } = context.model;
  const { call, entry } = callback;
  if (callback.each) return deferEach(context, leaving, null);
  const check = isChecked(leaving) && call.receiver !== null ? [`${checked(context, sourceText(context, call.receiver), true)};`] : [];
  if (call.node.getChild('TypeArguments') !== null)
    return refuse('not-a-statement', { code: 'type-arguments', facts: {} }, [{ span: spanOf(call.node), code: 'call', facts: {} }]);
  const stableReceiver = call.receiver === null || call.receiver.name === 'super' || isStable(scope, call.receiver, region.span);
  const loose = call.arguments.filter((argument) => !isStable(scope, argument, region.span));
  if (around.loops.length > 0) return deferInLoop(context, leaving, stableReceiver, loose, check);
  if (stableReceiver && loose.length === 0) {
    if (!around.conditional && !remember) return moveAsIs(context, region, leaving, check);
    const flag = context.names.fresh(flagName(entry.method));
    return {
      declarations: [`boolean ${flag} = false;`],
      inPlace: replaceStatement(context, statement, [...check, `${flag} = true;`], { code: 'remember-due', facts: { method: entry.method } }),
      after: block(context.layout, `if (${flag})`, later(context, leaving, call, null, new Map())),
    };
  }
  return remembered(context, leaving, stableReceiver, loose, around.conditional || remember);
}

/** The statement goes behind the region as it is, with the comments right above it. */
function moveAsIs(context: Context, region: Region, { statement, callback }: Leaving, check: readonly string[]): Deferred {
  const { text } = context.model.scope.source;
  const lock = check.length === 0 ? emptiedLock(context, region, statement) : null;
  if (lock !== null) {
    return {
      declarations: [],
      inPlace: [{ span: wholeLines(text, lock), newText: '', purpose: { code: 'take-out', facts: { method: callback.entry.method } } }],
      after: dedented(context, statement).split(/\r?\n/),
    };
  }
  const cut = wholeLines(text, statement);
  const trailing = text.slice(statement.to, cut.end).trimEnd();
  let start = cut.start;
  const comments: string[] = [];
  if (cut.start < statement.from) {
    for (let before = statement.prevSibling; before?.name.endsWith('Comment'); before = before.prevSibling) {
      const lineStart = text.lastIndexOf('\n', before.from - 1) + 1;
      if (text.slice(lineStart, before.from).trim() !== '' || /\n\s*\n/.test(text.slice(before.to, start))) break;
      comments.unshift(dedented(context, before).trimEnd());
      start = lineStart;
    }
  }
  const { eol } = context.layout;
  const indent = cut.start < statement.from ? indentAt(text, statement.from) : '';
  const kept = check.map((line) => indent + line + (cut.start < statement.from ? eol : '')).join('');
  const lines = [...comments, dedented(context, statement) + (cut.end > statement.to ? trailing : '')].flatMap((part) => part.split(/\r?\n/));
  return {
    declarations: [],
    inPlace: [{ span: { start, end: cut.end }, newText: kept, purpose: { code: 'take-out', facts: { method: callback.entry.method } } }],
    after: lines,
  };
}

/** The outermost synchronized block of a region that holds nothing but a statement; null when there is none, or taking it may throw. */
function emptiedLock(context: Context, region: Region, statement: SyntaxNode): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  for (let at: SyntaxNode = statement; at.from > region.span.start; ) {
    const block: SyntaxNode | null = at.parent;
    const lock = block?.name === 'Block' && children(block).length === 3 ? block.parent : null;
    if (lock?.name !== 'SynchronizedStatement' || lock.from <= region.span.start || lock.parent === null || !isStatementList(lock.parent.name)) break;
    if (!takesLockForSure(context.model.scope, lock)) break;
    found = lock;
    at = lock;
  }
  return found;
}

/** The call after the region, with the try that stood for it, where there was one. */
function later(
  context: Context,
  { statement, callback }: Leaving,
  call: Call,
  receiver: string | null,
  replaced: ReadonlyMap<number, string>,
): string[] {
  const to = receiver ?? (call.receiver === null ? null : sourceText(context, call.receiver));
  const list = call.arguments.map((argument) => replaced.get(argument.from) ?? sourceText(context, argument)).join(', ');
  const text = `${to === null ? '' : `${to}.`}${callback.each ? callback.entry.method : call.name}(${list});`;
  return inItsTry(context, statement, call, text);
}

function inItsTry(context: Context, statement: SyntaxNode, call: Call, text: string): string[] {
  const own = call.node.parent;
  if (statement.name !== 'TryStatement' || own === null) return [text];
  const before = dedented(context, { from: statement.from, to: own.from });
  const indent = indentAt(context.model.scope.source.text, statement.from);
  const after = context.model.scope.source.text.slice(own.to, statement.to).replaceAll(`\n${indent}`, '\n');
  return `${before}${text}${after}`.split(/\r?\n/);
}

/** Receiver and arguments that may change go into locals. */
function remembered(context: Context, leaving: Leaving, stableReceiver: boolean, loose: readonly SyntaxNode[], check: boolean): Deferred | Refusal {
  const { callback, statement } = leaving;
  const { call, entry } = callback;
  const { scope } = context.model;
  const declarations: string[] = [];
  const assignments: string[] = [];
  const replaced = new Map<number, string>();
  let receiver: string | null = null;
  let condition: string | null = null;
  // With arguments that are evaluated as well a flag tells, set once all of them are; else the receiver itself.
  const flagged = check && (stableReceiver || loose.length > 0);
  let checks: string | null = null;
  if (!stableReceiver && call.receiver !== null) {
    const type = receiverType(scope, callback);
    if (type === null) return unknownType(context, call.receiver);
    receiver = context.names.fresh(receiverName(entry.method, sourceText(context, call.receiver)));
    const inPlace = isChecked(leaving, check && !flagged);
    declarations.push(check ? `${type} ${receiver} = null;` : `${type} ${receiver};`);
    assignments.push(`${receiver} = ${checked(context, sourceText(context, call.receiver), inPlace && loose.length === 0)};`);
    // Java evaluates the arguments before it looks at the receiver.
    if (inPlace && loose.length > 0) checks = receiver;
    condition = `${receiver} != null`;
  } else if (isChecked(leaving) && call.receiver !== null) checks = sourceText(context, call.receiver);
  for (const argument of loose) {
    const type = typeOf(scope, argument);
    if (type === null) return unknownType(context, argument);
    const plain = /^\w+$/.test(sourceText(context, argument)) ? sourceText(context, argument) : 'argument';
    const name = context.names.fresh(`${entry.method}${plain.charAt(0).toUpperCase()}${plain.slice(1)}`);
    const initial = type in BOXES ? (type === 'boolean' ? 'false' : '0') : 'null';
    declarations.push(check ? `${type} ${name} = ${initial};` : `${type} ${name};`);
    assignments.push(`${name} = ${sourceText(context, argument)};`);
    replaced.set(argument.from, name);
  }
  if (checks !== null) assignments.push(`${checked(context, checks, true)};`);
  if (flagged) {
    const flag = context.names.fresh(flagName(entry.method));
    declarations.unshift(`boolean ${flag} = false;`);
    assignments.push(`${flag} = true;`);
    condition = flag;
  }
  const lines = later(context, leaving, call, receiver, replaced);
  return {
    declarations,
    inPlace: replaceStatement(context, statement, assignments, { code: 'remember-receiver', facts: { method: entry.method } }),
    after: check && condition !== null ? block(context.layout, `if (${condition})`, lines) : lines,
  };
}

function unknownType(context: Context, node: SyntaxNode): Refusal {
  return refuse('type-unknown', { code: 'type-unknown', facts: { expression: sourceText(context, node) } }, [
    { span: spanOf(node), code: 'type', facts: {} },
  ]);
}

/** Calls in a loop are collected: receivers (or the one argument that changes) in a list, or their number. */
function deferInLoop(
  context: Context,
  leaving: Leaving,
  stableReceiver: boolean,
  loose: readonly SyntaxNode[],
  check: readonly string[],
): Deferred | Refusal {
  const { callback, statement } = leaving;
  const { call, entry } = callback;
  const { scope } = context.model;
  if (stableReceiver && loose.length === 0) {
    const count = context.names.fresh(`${entry.method}Calls`);
    const turn = context.names.fresh('call');
    return {
      declarations: [`int ${count} = 0;`],
      inPlace: replaceStatement(context, statement, [...check, `${count}++;`], { code: 'count', facts: { method: entry.method } }),
      after: block(context.layout, `for (int ${turn} = 0; ${turn} < ${count}; ${turn}++)`, later(context, leaving, call, null, new Map())),
    };
  }
  const changing = stableReceiver ? loose[0] : call.receiver;
  if (loose.length > (stableReceiver ? 1 : 0) || changing === null || changing === undefined) {
    return refuse('arguments-in-loop', { code: 'arguments-in-loop', facts: { method: entry.method } }, [
      { span: spanOf(call.node), code: 'call', facts: {} },
    ]);
  }
  const type = stableReceiver ? typeOf(scope, changing) : receiverType(scope, callback);
  if (type === null) return unknownType(context, changing);
  const list = context.names.fresh(listName(entry.method));
  const body = (element: string): string[] =>
    stableReceiver ? later(context, leaving, call, null, new Map([[changing.from, element]])) : later(context, leaving, call, element, new Map());
  return {
    declarations: [newList(context, type, list)],
    inPlace: replaceStatement(
      context,
      statement,
      stableReceiver
        ? [...check, `${list}.add(${sourceText(context, changing)});`]
        : [`${list}.add(${checked(context, sourceText(context, changing), check.length > 0)});`],
      { code: 'collect', facts: { method: entry.method } },
    ),
    after: forEachOf(context, type, list, body),
  };
}

/** `buffers.forEach(Buffer::recycleBuffer)`: the elements are copied under the lock. */
function deferEach(context: Context, leaving: Leaving, shared: string | null): Deferred | Refusal {
  const { callback, statement } = leaving;
  const { call, entry } = callback;
  const { scope } = context.model;
  const collection = call.receiver === null ? null : typeOf(scope, call.receiver);
  const type = receiverType(scope, callback);
  if (
    call.receiver === null ||
    type === null ||
    collection === null ||
    !/^(Collection|List|ArrayList|LinkedList|Deque|ArrayDeque|Queue|Set|HashSet|PriorityQueue|SortedSet|TreeSet)\b/.test(collection)
  ) {
    return call.receiver === null ? refuse('not-a-statement', { code: 'iterated-unclear', facts: {} }) : unknownType(context, call.receiver);
  }
  const list = shared ?? context.names.fresh(listName(entry.method));
  return {
    declarations: shared === null ? [newList(context, type, list)] : [],
    inPlace: replaceStatement(context, statement, [allInto(context, leaving, list)], { code: 'collect', facts: { method: entry.method } }),
    after: shared === null ? forEachOf(context, type, list, (element) => [`${element}.${entry.method}();`]) : [],
  };
}

/** All elements of what a forEach() goes over into the list. */
export function allInto(context: Context, leaving: Pick<Leaving, 'callback' | 'nullable' | 'quiet'>, list: string): string {
  const { receiver } = leaving.callback.call;
  const collection = receiver === null ? 'this' : sourceText(context, receiver);
  if (!isChecked(leaving)) return `${list}.addAll(${collection});`;
  const element = context.names.fresh('element');
  return `${collection}.forEach(${element} -> ${list}.add(${checked(context, element, true)}));`;
}

/** Several calls of the same method without arguments share one list, which keeps their order. */
export function deferShared(context: Context, all: readonly Leaving[]): Deferred[] | null {
  const { scope } = context.model;
  const method = all[0]?.callback.entry.method;
  const types = new Set(all.map((leaving) => receiverType(scope, leaving.callback)));
  const [type] = types;
  const alike = all.every(
    (one) =>
      one.callback.entry.method === method &&
      (one.callback.each || (one.callback.call.arguments.length === 0 && one.callback.call.receiver !== null)) &&
      one.statement.name !== 'TryStatement',
  );
  if (method === undefined || types.size !== 1 || type === null || type === undefined || !alike) return null;
  const list = context.names.fresh(listName(method));
  const result: Deferred[] = [];
  for (const leaving of all) {
    const { call } = leaving.callback;
    if (leaving.callback.each) {
      const each = deferEach(context, leaving, list);
      if ('refused' in each) return null;
      result.push(each);
    } else {
      const line = `${list}.add(${call.receiver === null ? 'this' : checked(context, sourceText(context, call.receiver), isChecked(leaving))});`;
      result.push({
        declarations: [],
        inPlace: replaceStatement(context, leaving.statement, [line], { code: 'collect', facts: { method } }),
        after: [],
      });
    }
  }
  result[0]?.declarations.push(newList(context, type, list));
  result.at(-1)?.after.push(...forEachOf(context, type, list, (element) => [`${element}.${method}();`]));
  return result;
}
