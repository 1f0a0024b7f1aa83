import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type DocumentSymbol,
  type FoldingRange,
  type InlayHint,
  InlayHintKind,
  type Location,
  type Range,
  SemanticTokensBuilder,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../../../common/capabilities.ts';
import type { CommandCall, ShowPlacesArguments } from '../../../common/commands.ts';
import { EMPTY_SPAN, type Place, type Span } from '../../../common/span.ts';
import { ruleUri } from '../../../common/virtual.ts';
import { visible } from '../../../common/visible.ts';
import type * as core from '../core/model.ts';
import type { EditFix, Finding, Fix, Severity } from '../core/model.ts';
import type { Problem } from '../core/problems.ts';
import { headline } from '../core/rules/saying.ts';
import type { LineIndex } from '../core/text.ts';
import { worstFirst } from '../core/views/verdict.ts';
import type * as features from '../features/types.ts';
import type { Analysed } from '../workspace/workspace.ts';
import { type Abilities, plainTitle, runs } from './abilities.ts';
import { WORDS } from './words.ts';

/** The one place where spans become ranges and our types become the protocol's. */

const SEVERITY: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** VS Code shows 1,000 a file; a reader takes in far fewer. */
const MAX_DIAGNOSTICS = 200;
const MAX_RELATED = 30;

/** `linked`: the client opens the page of a rule. */
export function diagnostics(document: Analysed, linked: boolean): Diagnostic[] {
  const { analysis, index } = document;
  const found = findings(document, (at) => index.range(at.span), linked).map(({ diagnostic }) => diagnostic);
  const all = [...found, ...analysis.problems.map((problem) => ofProblem(problem, index))];
  if (all.length <= MAX_DIAGNOSTICS) return all;
  return [...all.slice(0, MAX_DIAGNOSTICS - 1), moreFindings(all.length - MAX_DIAGNOSTICS + 1)];
}

type PlaceOf = (at: core.Location) => Place;

/** Findings with the files that they are in, worst first. */
export function findings({ analysis, uri }: Analysed, place: PlaceOf, linked: boolean): { uri: string; diagnostic: Diagnostic }[] {
  return worstFirst(analysis.findings).map((finding) => ofFinding(finding, place, uri, linked));
}

function moreFindings(left: number): Diagnostic {
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: DiagnosticSeverity.Information,
    source: 'logjam',
    code: 'more-findings',
    message: WORDS.moreFindings(left),
  };
}

function ofFinding(finding: Finding, place: PlaceOf, uri: string, linked: boolean): { uri: string; diagnostic: Diagnostic } {
  const related = finding.related.slice(0, MAX_RELATED).map((one) => {
    const { uri: file = uri, ...range } = place(one.at);
    return { message: visible(one.message), location: { uri: file, range } };
  });
  const { uri: file = uri, ...range } = place(finding.at);
  const diagnostic: Diagnostic = {
    range,
    severity: SEVERITY[finding.severity],
    source: 'logjam',
    code: finding.id,
    ...(linked ? { codeDescription: { href: ruleUri(finding.id) } } : {}),
    message: visible(headline(finding)),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
  return { uri: file, diagnostic };
}

function ofProblem(problem: Problem, index: LineIndex): Diagnostic {
  return {
    range: index.range(problem.span),
    severity: DiagnosticSeverity.Hint,
    source: 'logjam',
    code: 'damaged-input',
    message: visible(problem.message),
    tags: [DiagnosticTag.Unnecessary],
  };
}

export function location(target: features.Target, document: Analysed): Location {
  return { uri: target.uri ?? document.uri, range: document.index.range(target.span) };
}

export function symbol(item: features.DocumentSymbol, index: LineIndex): DocumentSymbol {
  return {
    name: item.name === '' ? WORDS.noName : visible(item.name),
    ...(item.detail === undefined ? {} : { detail: visible(item.detail) }),
    kind: item.kind,
    range: index.range(item.span),
    selectionRange: index.range(item.selection),
    ...(item.children ? { children: item.children.map((child) => symbol(child, index)) } : {}),
  };
}

export function fold(item: features.Fold, index: LineIndex): FoldingRange {
  const { start, end } = index.range(item.span);
  return {
    startLine: start.line,
    endLine: end.line,
    ...(item.kind === undefined ? {} : { kind: item.kind }),
    ...(item.collapsedText === undefined ? {} : { collapsedText: visible(item.collapsedText) }),
  };
}

/** Tokens in the order of the text; one that spans lines is cut at the end of its first line, as the protocol wants. */
export function tokens(items: features.Token[], document: Analysed): number[] {
  const builder = new SemanticTokensBuilder();
  for (const item of items) {
    const { line, character } = document.index.position(item.span.start);
    const newline = document.text.indexOf('\n', item.span.start);
    const end = newline === -1 ? item.span.end : Math.min(item.span.end, newline);
    let modifiers = 0;
    for (const modifier of item.modifiers ?? []) modifiers |= 1 << TOKEN_MODIFIERS.indexOf(modifier);
    if (end > item.span.start) builder.push(line, character, end - item.span.start, TOKEN_TYPES.indexOf(item.type), modifiers);
  }
  return builder.build().data;
}

/** Places to show are spans until here; the client gets ranges. */
function commandArguments(command: CommandCall, index: LineIndex): unknown[] {
  if (command.id !== 'logjam.showPlaces') return command.arguments;
  const [{ uri, message, places }] = command.arguments;
  const ranges = places.map((place) => index.range(place.span));
  const at = ranges[0] ?? index.range(EMPTY_SPAN);
  return [uri, at, ranges, message] satisfies ShowPlacesArguments;
}

/** A client that does not run the command is shown the title alone. */
export function lens(item: features.Lens, index: LineIndex, client: Abilities): CodeLens {
  const { command } = item;
  const run = command !== undefined && runs(client, command.id);
  const title = visible(item.title);
  return {
    range: index.range(item.span),
    command: {
      title: client.commands ? title : plainTitle(title),
      command: run ? command.id : '',
      arguments: run ? commandArguments(command, index) : [],
    },
  };
}

export function hint(item: features.Hint, index: LineIndex): InlayHint {
  return {
    position: index.position(item.offset),
    label: visible(item.label),
    kind: InlayHintKind.Parameter,
    paddingLeft: true,
    ...(item.tooltip === undefined ? {} : { tooltip: visible(item.tooltip) }),
  };
}

const ACTION_KIND: Record<Fix['kind'], CodeActionKind> = {
  quickfix: CodeActionKind.QuickFix,
  refactor: CodeActionKind.RefactorRewrite,
  source: CodeActionKind.Source,
  show: CodeActionKind.QuickFix,
};

export function action(fix: Fix, document: Analysed, diagnostic?: Diagnostic): CodeAction {
  const title = fix.cost === undefined ? fix.title : `${fix.title} (${fix.cost})`;
  return {
    title: visible(fix.title),
    kind: ACTION_KIND[fix.kind],
    ...(diagnostic ? { diagnostics: [diagnostic] } : {}),
    ...means(fix, title, document),
  };
}

function means(fix: Fix, title: string, document: Analysed): Pick<CodeAction, 'edit' | 'isPreferred' | 'command'> {
  switch (fix.by) {
    case 'edits':
      return { edit: workspaceEdit(fix, document), isPreferred: fix.safe === true };
    case 'command':
      return { command: { title, command: fix.command.id, arguments: commandArguments(fix.command, document.index) } };
    case 'copy':
      return { command: { title, command: 'logjam.copyText', arguments: [fix.copy] } };
  }
}

/** Every edit carries its own description for the refactor preview. */
function workspaceEdit(fix: EditFix, document: Analysed): WorkspaceEdit {
  const { edits } = fix;
  const annotations = Object.fromEntries(
    edits.map((edit, i) => [`edit-${i}`, { label: edit.description ?? fix.title, needsConfirmation: false, description: fix.cost ?? '' }]),
  );
  return {
    changeAnnotations: annotations,
    documentChanges: [
      {
        textDocument: { uri: document.uri, version: document.version },
        edits: edits.map((edit, i) => ({ range: document.index.range(edit.span), newText: edit.newText, annotationId: `edit-${i}` })),
      },
    ],
  };
}

export function span(range: Range, index: LineIndex): Span {
  return { start: index.offset(range.start), end: index.offset(range.end) };
}
