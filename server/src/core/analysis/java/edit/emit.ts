import { isStatementList } from '../../../java/syntax.ts';
import type { Context, Deferred, Region } from './context.ts';
import { block, endOfLine, indentAt, shifted } from './layout.ts';
import { takesLockForSure } from './nonNull.ts';
import { applyEdits, type PlannedEdit, type Purpose, type Refusal, refuse } from './plan.ts';

/** "plain": the calls come behind the region. "finally": the region may be left early, so they come in a finally around it. */
export type Form = 'plain' | 'finally';

/** Turns what was deferred from a region into edits of the text. */
export function emit(context: Context, region: Region, deferred: readonly Deferred[], form: Form): PlannedEdit[] | Refusal {
  if (region.container.name === 'LabeledStatement')
    return refuse('labelled', { code: 'labelled', facts: {} }, [{ span: region.span, code: 'label', facts: {} }]);
  const { text } = context.model.scope.source;
  const inPlace = deferred.flatMap((one) => one.inPlace);
  const declarations = deferred.flatMap((one) => one.declarations);
  const after = deferred.flatMap((one) => one.after);
  if (region.kind === 'synchronized-method') return emitMethod(context, region, inPlace, declarations, after, form);
  const indent = indentAt(text, region.first.from);
  const inBlock = isStatementList(region.container.name);
  if (form === 'plain' && inBlock) {
    const { eol } = context.layout;
    if (region.kind === 'synchronized-block' && leavesNothing(text, region, inPlace, declarations)) {
      // A lock that may be null is still asked for: taking it would have thrown.
      const kept = takesLockForSure(context.model.scope, region.first)
        ? []
        : [`${context.imports.use('java.util.Objects')}.requireNonNull(${region.lock});`];
      const newText = [...kept, ...after].map((line, index) => (index === 0 ? line : lineOf(indent, line))).join(eol);
      return [{ span: region.span, newText, purpose: { code: 'without-lock', facts: {} } }];
    }
    const edits = [...inPlace];
    if (declarations.length > 0) {
      edits.unshift({
        span: { start: region.first.from, end: region.first.from },
        newText: declarations.map((line) => line + eol + indent).join(''),
        purpose: { code: 'declare', facts: {} },
      });
    }
    const end = endOfLine(text, region.last.to);
    edits.push({
      span: { start: end, end },
      newText: after.map((line) => eol + lineOf(indent, line)).join(''),
      purpose: { code: 'call-after', facts: {} },
    });
    return edits;
  }
  const inner = applyEdits(
    text.slice(region.span.start, region.span.end),
    inPlace.map((edit) => moved(edit, -region.span.start)),
  );
  const body =
    form === 'finally' ? wrapped(context, inner, indent, after) : [inner, ...after.map((line) => lineOf(indent, line))].join(context.layout.eol);
  const whole = [
    ...declarations.map((line, index) => (index === 0 ? line : lineOf(indent, line))),
    declarations.length > 0 ? lineOf(indent, body) : body,
  ].join(context.layout.eol);
  const purpose: Purpose = form === 'finally' ? { code: 'call-after-however', facts: {} } : { code: 'call-after', facts: {} };
  if (inBlock) return [{ span: region.span, newText: whole, purpose }];
  return [inBraces(context, region, whole, indent, purpose)];
}

/** Whether a block holds nothing once the edits are made; then it need not be taken either. */
function leavesNothing(text: string, region: Region, inPlace: readonly PlannedEdit[], declarations: readonly string[]): boolean {
  if (declarations.length > 0) return false;
  const whole = applyEdits(
    text.slice(region.span.start, region.span.end),
    inPlace.map((edit) => moved(edit, -region.span.start)),
  );
  return /^(?:synchronized\s*\([^{}]*\)\s*)?\{\s*\}$/.test(whole);
}

/** Several statements where one stood as the body of an if or a loop. */
function inBraces(context: Context, region: Region, whole: string, indent: string, purpose: Purpose): PlannedEdit {
  const { text } = context.model.scope.source;
  const { eol, step, ownLineBraces } = context.layout;
  const outer = indentAt(text, region.container.from);
  const start = region.first.prevSibling?.to ?? region.span.start;
  const gap = text.slice(start, region.span.start);
  // On a line of its own the statement is indented as the body of the braces will be.
  const body = gap.includes('\n') && gap.trim() === '' ? `${indent}${whole}` : `${indent}${step}${shifted(whole, step)}`;
  const opening = ownLineBraces ? `${eol}${outer}{` : ' {';
  const span = gap.trim() === '' ? { start, end: region.span.end } : region.span;
  return { span, newText: `${span.start === start ? opening : '{'}${eol}${body}${eol}${outer}}`, purpose };
}

function lineOf(indent: string, line: string): string {
  return line === '' ? '' : indent + line;
}

function moved(edit: PlannedEdit, by: number): PlannedEdit {
  return { ...edit, span: { start: edit.span.start + by, end: edit.span.end + by } };
}

/** `try { inner } finally { after }`; the first line is not indented. */
function wrapped(context: Context, inner: string, indent: string, after: readonly string[]): string {
  const { eol, step, ownLineBraces } = context.layout;
  const body = `${indent}${step}${shifted(inner, step)}`;
  const closing = after.map((line) => lineOf(indent + step, line));
  return ownLineBraces
    ? ['try', `${indent}{`, body, `${indent}}`, `${indent}finally`, `${indent}{`, ...closing, `${indent}}`].join(eol)
    : ['try {', body, `${indent}} finally {`, ...closing, `${indent}}`].join(eol);
}

/** A synchronized method becomes a method with a synchronized block around its body. */
function emitMethod(context: Context, region: Region, inPlace: PlannedEdit[], declarations: string[], after: string[], form: Form): PlannedEdit[] {
  const { text } = context.model.scope.source;
  const { eol, step } = context.layout;
  const body = region.first;
  const method = body.parent;
  const keyword = method?.getChild('Modifiers')?.getChild('synchronized') ?? null;
  const indent = indentAt(text, method?.from ?? body.from);
  const inner = applyEdits(
    text.slice(body.from + 1, body.to - 1),
    inPlace.map((edit) => moved(edit, -(body.from + 1))),
  );
  const content = inner.replace(/^[ \t]*\r?\n/, '').trimEnd();
  // What stood behind the brace on its line has no indentation of its own.
  const own = content === inner.trimEnd() ? indent + step + content.trimStart() : content;
  const lines = content.trim() === '' ? [] : [step + shifted(own, step)];
  const head = block(context.layout, `synchronized (${region.lock})`, []);
  const opening = head.slice(0, -1).map((line) => indent + step + line);
  const nothing = form === 'plain' && lines.length === 0 && declarations.length === 0;
  const guarded = nothing ? '' : [...opening, ...lines, `${indent}${step}}`].join(eol);
  const whole =
    form === 'finally'
      ? `${indent}${step}${wrapped(context, guarded.slice(indent.length + step.length), indent + step, after)}`
      : [...(nothing ? [] : [guarded]), ...after.map((line) => lineOf(indent + step, line))].join(eol);
  const newText = ['', ...declarations.map((line) => lineOf(indent + step, line)), whole, indent].join(eol);
  const edits: PlannedEdit[] = [];
  if (keyword !== null) {
    const gap = /^\s*/.exec(text.slice(keyword.to))?.[0].length ?? 0;
    edits.push({ span: { start: keyword.from, end: keyword.to + gap }, newText: '', purpose: { code: 'lock-block', facts: {} } });
  }
  edits.push({ span: { start: body.from + 1, end: body.to - 1 }, newText, purpose: { code: 'call-after', facts: {} } });
  return edits;
}
