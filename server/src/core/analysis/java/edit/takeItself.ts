import type { SyntaxNode } from '@lezer/common';
import { type Field, visibilityOf } from '../../../java/declarations.ts';
import { resolveVariable } from '../../../java/scope.ts';
import { asStatement, children, textOf } from '../../../java/syntax.ts';
import { methodOf } from '../callGraph.ts';
import type { GuardedCall, JavaModel } from '../model.ts';
import { Names } from './names.ts';
import type { Edit, PlannedEdit } from './plan.ts';

/**
 * Fix 2, the local remedy of FLINK-22946: a channel that itself waits for floating buffers keeps the surplus one
 * instead of giving it to the pool, which would hand it to another channel. Recognised is a helper that polls a
 * buffer from a queue under `if (… > required)` and recycles it, called by a class with a flag that says whether it
 * waits. Null for any other shape.
 */
export function planTakeItself(model: JavaModel, guarded: GuardedCall): Edit | null {
  const { scope, graph } = model;
  const { callback } = guarded;
  const method = methodOf(scope, callback.call.node);
  const statement = asStatement(callback.call.node);
  if (callback.entry.method !== 'recycleBuffer' || method === null || method.body === null || statement === null) return null;
  const condition = surplusCondition(model, callback.call.receiver, statement);
  if (condition === null || graph.referenced(method)) return null;
  const visibility = visibilityOf(method);
  if (visibility === 'public' || visibility === 'protected' || method.annotations.has('Override')) return null;
  const callers = graph.callersOf(method);
  const list = method.node.getChild('FormalParameters');
  const last =
    list === null
      ? null
      : children(list)
          .filter((child) => child.name === 'FormalParameter')
          .at(-1);
  if (callers.length === 0 || last === null || last === undefined) return null;
  const flags = callers.map((inner) => waitingFlag(model, inner.call.node));
  const flag = flags[0];
  if (flag === undefined || flag === null || flags.some((other) => other !== flag) || callers.some((inner) => inner.targets.length !== 1))
    return null;
  const name = new Names(scope.source, method.node).fresh(flag.name);
  const edits: PlannedEdit[] = [
    { span: { start: last.to, end: last.to }, newText: `, boolean ${name}`, purpose: { code: 'take-flag', facts: {} } },
    { span: { start: condition.from, end: condition.from }, newText: `!${name} && `, purpose: { code: 'keep-when-waiting', facts: {} } },
  ];
  for (const inner of callers) {
    const argument = inner.call.arguments.at(-1);
    if (argument === undefined) return null;
    edits.push({
      span: { start: argument.to, end: argument.to },
      newText: `, ${flag.name}`,
      purpose: { code: 'pass-flag', facts: {} },
    });
  }
  return {
    edits,
    costs: [
      { code: 'local-remedy', method: 'recycleBuffer' },
      ...(visibility === 'private' ? [] : [{ code: 'signature' as const, method: 'recycleBuffer', methods: [method.name] }]),
    ],
    safe: false,
    signatures: visibility === 'private' ? [] : [method.name],
  };
}

/** The comparison of `if (available > required) { Buffer b = queue.poll(); if (b != null) { b.recycleBuffer(); … } }`. */
function surplusCondition(model: JavaModel, receiver: SyntaxNode | null, statement: SyntaxNode): SyntaxNode | null {
  const { scope } = model;
  if (receiver === null || receiver.name !== 'Identifier') return null;
  const variable = resolveVariable(scope, receiver, textOf(scope.source, receiver));
  const declarator = variable?.kind === 'local' ? variable.node.parent : null;
  if (
    declarator === null ||
    declarator === undefined ||
    !/=\s*[\w.]+\s*\.\s*(poll|pollFirst|removeFirst|pop)\s*\(\s*\)\s*$/.test(textOf(scope.source, declarator))
  )
    return null;
  for (let node = statement.parent; node !== null && node.name !== 'MethodDeclaration'; node = node.parent) {
    if (node.name !== 'IfStatement') continue;
    const inner = node.getChild('ParenthesizedExpression')?.firstChild?.nextSibling ?? null;
    if (inner?.name === 'BinaryExpression' && /^[^&|>]*>[^&|]*$/.test(textOf(scope.source, inner))) return inner;
  }
  return null;
}

/** A boolean field of the calling class that says whether it waits for buffers. */
function waitingFlag(model: JavaModel, call: SyntaxNode): Field | null {
  const caller = methodOf(model.scope, call);
  if (caller === null) return null;
  const found = [...caller.owner.fields.values()].filter(
    (field) => field.type === 'boolean' && /^is(Waiting|Requesting)\w*Buffers?$/.test(field.name) && !field.modifiers.has('static'),
  );
  return found.length === 1 && !caller.modifiers.has('static') ? (found[0] as Field) : null;
}
