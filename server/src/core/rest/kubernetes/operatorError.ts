import { decodedString } from '../../unwrap/json/escapes.ts';
import { readJson } from '../../unwrap/json/tree.ts';
import { concatenate } from '../../unwrap/source.ts';
import { Field } from '../fields.ts';
import type { OperatorError } from '../model/kubernetes.ts';

const CLASS = /^[A-Za-z_][\w$]*(?:\.[\w$]+)+$/;

/** An object of the operator's FlinkResourceException: the class, and what stands with it. */
export const isOperatorError = (root: Field): boolean =>
  CLASS.test(root.get('type').text ?? '') && (root.get('throwableList').isList || (root.has('message') && root.has('additionalMetadata')));

/** `status.error`: since 1.2 of the operator a JSON text (FlinkResourceExceptionUtils), before and else what the exception says. */
export function operatorError(field: Field): OperatorError | null {
  const text = field.words;
  if (text === null || field.node === undefined) return null;
  const { source, span } = field;
  // YAML folds and quotes as it likes: there, a place within the text is not known.
  const exact = field.node.kind === 'string' && field.node.value === undefined;
  const inner = exact ? decodedString(source, field.node.start, field.node.end) : concatenate([{ text, at: span }]);
  const tree = text.trimStart().startsWith('{') ? readJson(inner.text) : null;
  const root = tree === null ? null : new Field(inner, tree.root);
  return root !== null && isOperatorError(root) ? errorOf(root) : { trace: inner, reason: null, span };
}

/** The error as the operator writes it, with its causes in the order of `throwableList`. */
export function errorOf(root: Field): OperatorError {
  const stack = root.get('stackTrace');
  const frames = stack.node?.kind === 'string' ? decodedString(stack.source, stack.node.start, stack.node.end) : null;
  const named = root.get('throwableList').items().map(headOf);
  // A whole trace has the causes itself; one that was cut at its length goes on with them.
  const causes = frames === null ? named : named.filter(({ text }) => !frames.text.includes(text));
  const lines = causes.map(({ text, at }) => ({ text: `\nCaused by: ${text}`, at }));
  const reason = root.get('additionalMetadata').get('reason').words;
  return { trace: concatenate([frames ?? headOf(root), ...lines]), reason, span: root.span };
}

function headOf(one: Field) {
  const message = one.get('message').words;
  const type = one.get('type').words ?? '';
  return { text: message === null ? type : `${type}: ${message}`, at: one.span };
}
