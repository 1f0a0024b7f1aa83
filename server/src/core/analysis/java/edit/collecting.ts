import type { SyntaxNode } from '@lezer/common';
import type { Method } from '../../../java/declarations.ts';
import { children } from '../../../java/syntax.ts';
import { byRegion, type CallSite, type Contexts, emitSites } from './callSite.ts';
import { type Context, type Deferred, sourceText } from './context.ts';
import { allInto, checked, forEachOf, isChecked, type Leaving, newList, replaceStatement } from './defer.ts';
import { indentAt } from './layout.ts';
import { listName } from './names.ts';
import { isRefusal, type PlannedEdit, type Purpose, type Refusal } from './plan.ts';

/** Callbacks of a helper whose receivers go into a list that the caller passes. */
export interface Collecting {
  /** The helper, and the callers between it and the locks, which pass the list on. */
  methods: readonly Method[];
  leaving: readonly Leaving[];
  /** Element type of the list. */
  type: string;
  /** The helper may throw after it has put something into the list. */
  risky: boolean;
}

/** Edits of the helper and of all its callers. */
export function collecting(contexts: Contexts, shape: Collecting, sites: readonly CallSite[]): PlannedEdit[] | Refusal {
  const entry = shape.leaving[0]?.callback.entry.method ?? '';
  const edits: PlannedEdit[] = [];
  const lists = new Map<Method, string>();
  for (const method of shape.methods) {
    const context = contexts.at(method.body ?? method.node);
    if (isRefusal(context)) return context;
    const name = context.names.fresh(listName(entry));
    lists.set(method, name);
    edits.push(...parameter(context, method, shape.type, name, entry));
  }
  const helper = shape.methods[0] as Method;
  for (const leaving of shape.leaving) {
    const { receiver } = leaving.callback.call;
    const context = contexts.at(leaving.statement);
    if (isRefusal(context)) return context;
    const list = lists.get(helper) as string;
    const one = receiver === null ? 'this' : checked(context, sourceText(context, receiver), isChecked(leaving, true));
    const line = leaving.callback.each ? allInto(context, leaving, list) : `${list}.add(${one});`;
    edits.push(...replaceStatement(context, leaving.statement, [line], { code: 'leave-to-caller', facts: { method: entry } }));
  }
  const passing = sites.filter((site) => site.inner.caller !== null && lists.has(site.inner.caller));
  for (const site of passing) edits.push(argument(site, lists.get(site.inner.caller as Method) as string));
  for (const group of byRegion(sites.filter((site) => !passing.includes(site)))) {
    const site = group[0] as CallSite;
    const context = contexts.at(site.inner.call.node);
    if (isRefusal(context)) return context;
    const list = context.names.fresh(listName(entry));
    const deferred: Deferred[] = group.map((one) => ({ declarations: [], inPlace: [argument(one, list)], after: [] }));
    deferred[0]?.declarations.push(newList(context, shape.type, list));
    deferred.at(-1)?.after.push(...forEachOf(context, shape.type, list, (element) => [`${element}.${entry}();`]));
    const emitted = emitSites(context, group, deferred, shape.risky);
    if (isRefusal(emitted)) return emitted;
    edits.push(...emitted);
  }
  return edits;
}

/** Adds the list as the last parameter, before a variadic one. */
function parameter(context: Context, method: Method, type: string, name: string, entry: string): PlannedEdit[] {
  const list = method.node.getChild('FormalParameters');
  if (list === null) return [];
  const declared = `${context.imports.use('java.util.List')}<${type}> ${name}`;
  const purpose: Purpose = { code: 'list-parameter', facts: { method: entry } };
  const variadic = children(list).find((child) => child.name === 'SpreadParameter');
  const last = children(list)
    .filter((child) => child.name === 'FormalParameter')
    .at(-1);
  const edits: PlannedEdit[] = [];
  if (variadic !== undefined) edits.push({ span: { start: variadic.from, end: variadic.from }, newText: `${declared}, `, purpose });
  else if (last !== undefined) edits.push({ span: { start: last.to, end: last.to }, newText: `, ${declared}`, purpose });
  else edits.push({ span: { start: list.from + 1, end: list.from + 1 }, newText: declared, purpose });
  return [...wrapped(context, list, edits), ...edits, ...parameterDoc(context, method, name, entry)];
}

/** Where the head no longer fits into its line, the parameters begin on the next one. */
function wrapped(context: Context, list: SyntaxNode, edits: readonly PlannedEdit[]): PlannedEdit[] {
  const { text } = context.model.scope.source;
  const { eol, step, width } = context.layout;
  const start = text.lastIndexOf('\n', list.from) + 1;
  const end = text.indexOf('\n', list.to);
  const line = text.slice(start, end === -1 ? text.length : end).trimEnd();
  const added = edits.reduce((sum, edit) => sum + edit.newText.length, 0);
  if (text.slice(list.from, list.to).includes('\n') || line.length + added <= width) return [];
  const indent = indentAt(text, list.from) + step + step;
  const at = list.from + 1;
  return [{ span: { start: at, end: at }, newText: `${eol}${indent}`, purpose: { code: 'line-width', facts: {} } }];
}

/** A new @param line behind the last one, where the Javadoc has any. */
function parameterDoc(context: Context, method: Method, name: string, entry: string): PlannedEdit[] {
  const { text } = context.model.scope.source;
  const comment = method.node.prevSibling;
  if (comment === null || comment.name !== 'BlockComment' || !text.startsWith('/**', comment.from)) return [];
  const own = text.slice(comment.from, comment.to);
  const found = [...own.matchAll(/\n([ \t]*\*[ \t]*)@param\b[\s\S]*?(?=\r?\n[ \t]*\*[ \t]*@|\r?\n[ \t]*\*\/)/g)].at(-1);
  if (found === undefined) return [];
  const at = comment.from + found.index + found[0].length;
  return [
    {
      span: { start: at, end: at },
      newText: `${context.layout.eol}${found[1]}@param ${name} The list that takes what {@code ${entry}()} is due for`,
      purpose: { code: 'document-parameter', facts: {} },
    },
  ];
}

/** Passes the list in a call. */
function argument(site: CallSite, list: string): PlannedEdit {
  const { call } = site.inner;
  const purpose: Purpose = { code: 'pass-list', facts: { method: call.name } };
  const target = site.inner.targets[0];
  const variadic = target?.parameters.at(-1)?.variadic === true ? target.parameters.length - 1 : -1;
  const before = variadic === -1 ? undefined : call.arguments[variadic];
  if (before !== undefined) return { span: { start: before.from, end: before.from }, newText: `${list}, `, purpose };
  const last = call.arguments.at(-1);
  if (last !== undefined) return { span: { start: last.to, end: last.to }, newText: `, ${list}`, purpose };
  const end = call.node.getChild('ArgumentList')?.to ?? call.node.to;
  return { span: { start: end - 1, end: end - 1 }, newText: list, purpose };
}
