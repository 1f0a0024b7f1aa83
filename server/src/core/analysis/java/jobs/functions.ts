/** Classes of a file that Flink runs: user functions, sources, sinks, operators; named, nested, local and anonymous ones. */
import type { SyntaxNode } from '@lezer/common';
import { bareName } from '../../../java/declarations.ts';
import { isTypeBody, textOf, walk } from '../../../java/syntax.ts';
import type { JavaModel } from '../model.ts';

/**
 * - `function`: called for every record in the task thread;
 * - `async`: AsyncFunction, whose asyncInvoke() must not wait;
 * - `sink`: writes to something outside, where waiting is its work;
 * - `source`: has a thread or a loop of its own.
 */
export type FunctionKind = 'function' | 'async' | 'sink' | 'source';

export interface FunctionClass {
  kind: FunctionKind;
  /** The class of Flink that it is: "RichMapFunction". */
  base: string;
  /** Null for an anonymous class. */
  name: string | null;
  /** ClassBody. */
  body: SyntaxNode;
  /** Has open() and close(), and fields that live with it. */
  rich: boolean;
  methods: FunctionMethod[];
}

export interface FunctionMethod {
  name: string;
  node: SyntaxNode;
  body: SyntaxNode | null;
  isStatic: boolean;
}

const KINDS: [RegExp, FunctionKind][] = [
  [/^(Rich)?AsyncFunction$/, 'async'],
  [/^(Rich)?(SinkFunction|OutputFormat)$|^TwoPhaseCommitSinkFunction$|^SinkWriter$|^Sink$|^StatefulSink$/, 'sink'],
  [/^(Rich)?(Parallel)?SourceFunction$|^RichInputFormat$|^InputFormat$|^SourceReader$/, 'source'],
  [
    /^(Rich)?(Map|FlatMap|Filter|Reduce|CoMap|CoFlatMap|Join|FlatJoin|CoGroup|Cross|GroupReduce|MapPartition|Window|AllWindow|Aggregate)Function$/,
    'function',
  ],
  [
    /^(Keyed|Co|KeyedCo|Broadcast|KeyedBroadcast|BaseBroadcast)?Process(All)?(Window|Join)?Function$|^Process(AllWindow|Window|Join)Function$/,
    'function',
  ],
  [/^(Scalar|Table|AsyncTable|TableAggregate)Function$|^KeySelector$|^SerializationSchema$|^DeserializationSchema$/, 'function'],
];

/** Methods that run for every record, timer or window. */
const PER_RECORD =
  /^(map|flatMap|filter|reduce|map[12]|flatMap[12]|join|coGroup|apply|process|processElement[12]?|processBroadcastElement|onTimer|eval|asyncInvoke|timeout|add|getKey|serialize|deserialize|invoke|write|writeRecord)$/;

/** Whether a method of a function class is called again and again in the task thread. */
export function isPerRecord(method: FunctionMethod): boolean {
  return PER_RECORD.test(method.name) && !method.isStatic;
}

const FOUND = new WeakMap<JavaModel, FunctionClass[]>();

export function functionClasses(model: JavaModel): FunctionClass[] {
  let found = FOUND.get(model);
  if (found === undefined) {
    found = find(model);
    FOUND.set(model, found);
  }
  return found;
}

function find(model: JavaModel): FunctionClass[] {
  const result: FunctionClass[] = [];
  const { source } = model.scope;
  // Function classes extend or implement something that is called so; anything else need not be walked.
  if (!/\b\w*(?:Function|Schema|Format|Sink|SinkWriter|SourceReader|KeySelector)\b\s*(?:<|\{|\()/.test(source.text)) return result;
  walk(source.tree.topNode, (node) => {
    if (node.name === 'ClassBody') {
      const found = readClass(model, node);
      if (found !== null) result.push(found);
    }
    return true;
  });
  return result;
}

function readClass(model: JavaModel, body: SyntaxNode): FunctionClass | null {
  const { source } = model.scope;
  const owner = body.parent;
  if (owner === null || (owner.name !== 'ClassDeclaration' && owner.name !== 'ObjectCreationExpression')) return null;
  const header = textOf(source, { start: owner.from, end: body.from });
  const names = owner.name === 'ClassDeclaration' ? supertypesOf(header) : [bareName(/^new\s+([\w.]+)/.exec(header)?.[1] ?? '')];
  for (const base of names) {
    const kind = KINDS.find(([pattern]) => pattern.test(base))?.[1];
    if (kind === undefined) continue;
    const name = owner.getChild('Definition');
    return {
      kind,
      base,
      name: name === null ? null : textOf(source, name),
      body,
      rich: /^Rich|Process|Scalar|Table|TwoPhase/.test(base),
      methods: methodsOf(model, body),
    };
  }
  return null;
}

/** "class A<T> extends B<T> implements C, D<E>" -> ["B", "C", "D"]. */
function supertypesOf(header: string): string[] {
  let depth = 0;
  let plain = '';
  for (const char of header.replace(/@\w+(\([^)]*\))?/g, '')) {
    if (char === '<') depth++;
    else if (char === '>') depth--;
    else if (depth === 0) plain += char;
  }
  const after = /\bclass\s+\w+([\s\S]*)$/.exec(plain)?.[1] ?? '';
  return after
    .split(/\bextends\b|\bimplements\b|\bpermits\b|,/)
    .map((name) => bareName(name.trim()))
    .filter((name) => name !== '');
}

function methodsOf(model: JavaModel, body: SyntaxNode): FunctionMethod[] {
  const { source } = model.scope;
  return body.getChildren('MethodDeclaration').flatMap((node) => {
    const name = node.getChild('Definition');
    if (name === null) return [];
    return [{ name: textOf(source, name), node, body: node.getChild('Block'), isStatic: node.getChild('Modifiers')?.getChild('static') != null }];
  });
}

/** The function class that a node stands in, and its method; null outside, and in classes and lambdas within it. */
export function functionAt(model: JavaModel, node: SyntaxNode): { owner: FunctionClass; method: FunctionMethod } | null {
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) {
    if (at.name === 'LambdaExpression') return null;
    if (at.name !== 'MethodDeclaration') {
      if (isTypeBody(at.name)) return null;
      continue;
    }
    const body = at.parent;
    const owner = functionClasses(model).find((one) => one.body.from === body?.from);
    const method = owner?.methods.find((one) => one.node.from === at.from);
    return owner === undefined || method === undefined ? null : { owner, method };
  }
  return null;
}
