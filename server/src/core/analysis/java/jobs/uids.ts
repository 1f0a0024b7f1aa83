/** Operators with state that have no uid, in programs that build a job. */
import type { SyntaxNode } from '@lezer/common';
import { callOf, squeezed, statementOf, textOf } from '../../../java/syntax.ts';
import type { JavaModel } from '../model.ts';
import { callAt } from './blocking.ts';

export interface WithoutUid {
  /** The method that adds the operator: "process". */
  name: string;
  nameNode: SyntaxNode;
}

/** Methods behind keyBy(), window() or connect() that add an operator with state. */
const STATEFUL = /^(process|map|flatMap|filter|reduce|aggregate|sum|min|max|minBy|maxBy|apply|fold|transform)$/;
const KEYED =
  /^(keyBy|window|windowAll|countWindow|countWindowAll|timeWindow|timeWindowAll|allowedLateness|trigger|evictor|sideOutputLateData|between|intervalJoin)$/;
const SOURCES = /^(fromSource|addSource|addSink|sinkTo)$/;

export function operatorsWithoutUid(model: JavaModel): WithoutUid[] {
  const { source } = model.scope;
  // Only a program that makes a job has the chance to give its operators names of their own.
  if (
    !/\bStreamExecutionEnvironment\s*\.\s*(?:getExecutionEnvironment|create\w*)\s*\(/.test(source.text) ||
    !/\bDataStream|\bkeyBy\b|\bfromSource\b|\baddSource\b/.test(source.text)
  )
    return [];
  const result: WithoutUid[] = [];
  for (const match of source.text.matchAll(/\.\s*(\w+)(?=\s*(?:<[^<>]*>\s*)?\()/g)) {
    const name = match[1] as string;
    if (!STATEFUL.test(name) && !SOURCES.test(name)) continue;
    const call = callAt(model, match.index + match[0].length - 1);
    if (call === null || call.receiver === null || call.arguments.length === 0) continue;
    if (STATEFUL.test(name) && !isKeyed(model, call.receiver)) continue;
    if (!hasUid(model, call.node)) result.push({ name, nameNode: call.nameNode });
  }
  return result;
}

/** Whether the receiver is a chain that was just keyed or windowed: `….keyBy(…)`, or a local of such a type. */
function isKeyed(model: JavaModel, receiver: SyntaxNode): boolean {
  const { source } = model.scope;
  const call = callOf(source, receiver);
  if (call !== null) return call.receiver !== null && KEYED.test(call.name);
  if (receiver.name !== 'Identifier') return false;
  return new RegExp(`\\b(?:KeyedStream|WindowedStream|AllWindowedStream)\\s*<[^;={}]*>\\s+${textOf(source, receiver)}\\b`).test(source.text);
}

/** `.uid(…)` or `.setUidHash(…)` further on in the chain, or on the variable that it is assigned to. */
function hasUid(model: JavaModel, node: SyntaxNode): boolean {
  const { source } = model.scope;
  let top = node;
  for (let at = node.parent; at !== null && (at.name === 'MethodInvocation' || at.name === 'MethodName'); at = at.parent) {
    const call = callOf(source, at);
    if (call === null || call.receiver?.from !== node.from) break;
    if (call.name === 'uid' || call.name === 'setUidHash') return true;
    // The next operator of the chain begins here; what comes behind it is its own.
    if (
      !/^(name|setParallelism|setMaxParallelism|returns|slotSharingGroup|disableChaining|startNewChain|setDescription|forward|rebalance|setBufferTimeout|assignTimestampsAndWatermarks)$/.test(
        call.name,
      )
    )
      break;
    top = at;
  }
  const statement = statementOf(top);
  const variable = /^(?:final\s+)?(?:[\w.]+(?:<[^=]*>)?\s+)?(\w+)\s*=/.exec(textOf(source, statement))?.[1];
  return (
    variable !== undefined &&
    new RegExp(`(?<![\\w.])${variable}\\s*(?:\\.\\s*name\\([^)]*\\)\\s*)?\\.\\s*(?:uid|setUidHash)\\s*\\(`).test(source.text) &&
    squeezed(source, statement).length > 0
  );
}
