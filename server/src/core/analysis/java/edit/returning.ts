import type { SyntaxNode } from '@lezer/common';
import type { Method } from '../../../java/declarations.ts';
import { parts, spanOf, textOf, walkUnit } from '../../../java/syntax.ts';
import type { CallbackCall } from '../model.ts';
import { byRegion, type CallSite, type Contexts, emitSites } from './callSite.ts';
import { type Context, type Deferred, sourceText } from './context.ts';
import { checked, forEachOf, type Leaving, newList, replaceStatement } from './defer.ts';
import { visibleName } from './imports.ts';
import { block, indentAt, shifted } from './layout.ts';
import { listName, receiverName } from './names.ts';
import { isRefusal, type PlannedEdit, type Purpose, type Refusal, refuse } from './plan.ts';
import { surroundings } from './surroundings.ts';

/** A helper that can return the receiver of its callback instead of making it. */
export interface Returning {
  method: Method;
  callback: CallbackCall;
  statement: SyntaxNode;
  /** What the call is made on may be null, which is not to be taken for no call. */
  nullable: boolean;
  /** The return right behind the callback. */
  next: SyntaxNode | null;
  others: SyntaxNode[];
  /** What the helper returned when it made the call and when not; null for a void helper. */
  values: { made: string; notMade: string } | null;
}

const LITERAL = /^(IntegerLiteral|BooleanLiteral|null)$/;

/**
 * Recognises a helper whose returned value says nothing but whether the callback was made: void with the call last,
 * or one constant with the call and another one without.
 */
export function returningShape(context: Context, method: Method, leaving: Leaving): Returning | null {
  const { callback, statement, nullable } = leaving;
  const { source } = context.model.scope;
  const body = method.body;
  if (body === null || callback.each) return null;
  const around = surroundings(statement, body, body);
  if (around.loops.length > 0 || around.tries.length > 0 || around.inFinally || around.labelled) return null;
  const returns: SyntaxNode[] = [];
  walkUnit(body, (node) => {
    if (node.name === 'ReturnStatement') returns.push(node);
    return true;
  });
  const first = around.later[0];
  if (around.later.length > 1 || (first !== undefined && first.name !== 'ReturnStatement')) return null;
  const next = first ?? null;
  const others = returns.filter((node) => node.from !== next?.from);
  if (method.returnType === 'void') return { method, callback, statement, nullable, next, others, values: null };
  const literalOf = (node: SyntaxNode): string | null => {
    const value = parts(node).find((part) => part.name !== 'return');
    return value !== undefined && LITERAL.test(value.name) ? textOf(source, value) : null;
  };
  // The caller tells the two cases apart by null, so the receiver must be known not to be null.
  if (next === null || others.length === 0 || nullable) return null;
  const made = literalOf(next);
  const rest = new Set(others.map(literalOf));
  const [notMade] = rest;
  if (made === null || rest.size !== 1 || notMade === null || notMade === undefined || notMade === made) return null;
  return { method, callback, statement, nullable, next, others, values: { made, notMade } };
}

/** Edits of the helper itself. */
export function returningHelper(context: Context, shape: Returning, type: string): PlannedEdit[] {
  const { method, callback, statement, next, others } = shape;
  const { text } = context.model.scope.source;
  const receiver = callback.call.receiver === null ? 'this' : checked(context, sourceText(context, callback.call.receiver), shape.nullable);
  const entry = callback.entry.method;
  const edits: PlannedEdit[] = [];
  const returnType = method.returnTypeNode;
  if (returnType !== null) edits.push({ span: spanOf(returnType), newText: type, purpose: { code: 'return-due', facts: { method: entry } } });
  if (visibleName(context.model.scope, 'javax.annotation.Nullable') !== null && !method.annotations.has('Nullable')) {
    const indent = indentAt(text, method.node.from);
    edits.push({
      span: { start: method.node.from, end: method.node.from },
      newText: `@Nullable${context.layout.eol}${indent}`,
      purpose: { code: 'may-be-none', facts: {} },
    });
  }
  edits.push(...returnDoc(context, method, entry));
  edits.push({
    span: { start: statement.from, end: next === null ? statement.to : next.to },
    newText: `return ${receiver};`,
    purpose: { code: 'leave-to-caller', facts: { method: entry } },
  });
  for (const other of others) edits.push({ span: spanOf(other), newText: 'return null;', purpose: { code: 'nothing-due', facts: {} } });
  const body = method.body;
  if (body !== null && completes(body, statement)) {
    const indent = indentAt(text, body.to - 1);
    const lineStart = text.lastIndexOf('\n', body.to - 2) + 1;
    const alone = text.slice(lineStart, body.to - 1).trim() === '';
    const { eol, step } = context.layout;
    const at = alone ? lineStart : body.to - 1;
    edits.push({
      span: { start: at, end: at },
      newText: alone ? `${indent}${step}return null;${eol}` : ' return null; ',
      purpose: { code: 'nothing-due', facts: {} },
    });
  }
  return edits;
}

/** Whether the end of a node can be reached when `gone` returns. */
function completes(node: SyntaxNode, gone: SyntaxNode): boolean {
  if (node.from === gone.from && node.to === gone.to) return false;
  switch (node.name) {
    case 'ReturnStatement':
    case 'ThrowStatement':
      return false;
    case 'Block':
      return parts(node).every((statement) => completes(statement, gone));
    case 'SynchronizedStatement': {
      const body = node.getChild('Block');
      return body === null || completes(body, gone);
    }
    case 'IfStatement': {
      const branches = parts(node).filter((part) => part.name !== 'if' && part.name !== 'else' && part.name !== 'ParenthesizedExpression');
      return branches.length < 2 || branches.some((branch) => completes(branch, gone));
    }
    case 'TryStatement': {
      const body = node.getChild('Block');
      const clauses = node.getChildren('CatchClause').map((clause) => clause.getChild('Block'));
      return [body, ...clauses].some((inner) => inner === null || completes(inner, gone));
    }
    default:
      return true;
  }
}

/** The @return of the Javadoc says what is returned now. */
function returnDoc(context: Context, method: Method, entry: string): PlannedEdit[] {
  const { text } = context.model.scope.source;
  const comment = method.node.prevSibling;
  if (comment === null || comment.name !== 'BlockComment' || !text.startsWith('/**', comment.from)) return [];
  const own = text.slice(comment.from, comment.to);
  const index = own.search(/@return\b/);
  if (index === -1) return [];
  const length = own.slice(index).search(/\r?\n[ \t]*\*[ \t]*@|\r?\n[ \t]*\*\/|(?<![ \t])[ \t]*\*\//);
  if (length === -1) return [];
  const start = comment.from + index;
  return [
    {
      span: { start, end: start + length },
      newText: `@return what the caller must call {@code ${entry}()} on once it holds no lock, or null`,
      purpose: { code: 'document-result', facts: {} },
    },
  ];
}

/** Edits of the callers of a returning helper. */
export function returningCallers(contexts: Contexts, shape: Returning, sites: readonly CallSite[], type: string): PlannedEdit[] | Refusal {
  const edits: PlannedEdit[] = [];
  for (const group of byRegion(sites)) {
    const site = group[0] as CallSite;
    const context = contexts.at(site.inner.call.node);
    if (isRefusal(context)) return context;
    if (!site.locked) {
      edits.push(...unlocked(context, shape, site, type));
      continue;
    }
    const deferred = group.length > 1 || site.around.loops.length > 0 ? collected(context, shape, group, type) : [kept(context, shape, site, type)];
    const emitted = emitSites(context, group, deferred, false);
    if (isRefusal(emitted)) return emitted;
    edits.push(...emitted);
  }
  return edits.length === 0 ? refuse('helper-shape', { code: 'no-caller', facts: {} }) : edits;
}

const CALL_AFTER: Purpose = { code: 'call-returned', facts: {} };

/** No lock is held: the callback follows the call at once. */
function unlocked(context: Context, shape: Returning, site: CallSite, type: string): PlannedEdit[] {
  const entry = shape.callback.entry.method;
  const name = context.names.fresh(receiverName(entry, ''));
  const { first, rest } = lines(context, shape, site, `${type} ${name}`, name);
  return replaceStatement(
    context,
    site.statement,
    [first, ...block(context.layout, `if (${name} != null)`, [`${name}.${entry}();`]), ...rest],
    CALL_AFTER,
  );
}

/** One call, at most once: its result goes into a local declared before the lock. */
function kept(context: Context, shape: Returning, site: CallSite, type: string): Deferred {
  const entry = shape.callback.entry.method;
  const name = context.names.fresh(receiverName(entry, ''));
  const { first, rest } = lines(context, shape, site, name, name);
  return {
    declarations: [`${type} ${name} = null;`],
    inPlace: replaceStatement(context, site.statement, [first, ...rest], { code: 'keep-returned', facts: { method: site.inner.call.name } }),
    after: block(context.layout, `if (${name} != null)`, [`${name}.${entry}();`]),
  };
}

/** Several calls, or one in a loop: the results are collected. */
function collected(context: Context, shape: Returning, group: readonly CallSite[], type: string): Deferred[] {
  const entry = shape.callback.entry.method;
  const list = context.names.fresh(listName(entry));
  const result = group.map((site): Deferred => {
    const name = context.names.fresh(receiverName(entry, ''));
    const { first, rest } = lines(context, shape, site, `${type} ${name}`, name);
    const keep = block(context.layout, `if (${name} != null)`, [`${list}.add(${name});`]);
    return {
      declarations: [],
      inPlace: replaceStatement(context, site.statement, [first, ...keep, ...rest], {
        code: 'collect-returned',
        facts: { method: site.inner.call.name },
      }),
      after: [],
    };
  });
  result[0]?.declarations.push(newList(context, type, list));
  result.at(-1)?.after.push(...forEachOf(context, type, list, (element) => [`${element}.${entry}();`]));
  return result;
}

/** The statement with its call assigned to `target`, and what uses the old value from `name`. */
function lines(context: Context, shape: Returning, site: CallSite, target: string, name: string): { first: string; rest: string[] } {
  const { text } = context.model.scope.source;
  const call = site.inner.call.node;
  const plain = `${target} =${spacedCall(context, site)};`;
  if (site.use.kind === 'none' || shape.values === null) return { first: plain, rest: [] };
  const { made, notMade } = shape.values;
  const value = made === 'true' ? `${name} != null` : made === 'false' ? `${name} == null` : `${name} == null ? ${notMade} : ${made}`;
  const before = text.slice(site.statement.from, call.from).replace(/(?<!\s)\s+$/, ' ');
  const after = text.slice(call.to, site.statement.to);
  return { first: plain, rest: [`${before}${value}${after}`] };
}

/** The call as it stands, behind `=`: on the next line where it needs several, as formatters of Java have it. */
function spacedCall(context: Context, site: CallSite): string {
  const { text } = context.model.scope.source;
  const { eol, step } = context.layout;
  const call = site.inner.call.node;
  const outer = indentAt(text, site.statement.from);
  const own = indentAt(text, call.from);
  const raw = text.slice(call.from, call.to);
  if (!raw.includes('\n')) return ` ${raw}`;
  const stoodAlone = own.length > outer.length && own.startsWith(outer) && text.slice(text.lastIndexOf('\n', call.from) + 1, call.from).trim() === '';
  if (stoodAlone) return `${eol}${own}${raw}`;
  return /^[^\n]*\(\r?\n/.test(raw) ? `${eol}${outer}${step}${step}${shifted(raw, step + step)}` : ` ${raw}`;
}
