import type { SymbolKind } from 'vscode-languageserver-types';
import { commandTitle } from '../../../common/commandTitle.ts';
import { EMPTY_SPAN } from '../../../common/span.ts';
import { type CommandView, VIEWS } from '../../../common/views.ts';
import { firstView, verdict } from '../core/kinds/index.ts';
import type { Severity } from '../core/model.ts';
import { headline } from '../core/rules/saying.ts';
import { toldFindings } from '../core/views/verdict.ts';
import type { Document, DocumentSymbol, Lens } from './types.ts';
import { VERDICT } from './words.ts';

const EVENT = 24 as SymbolKind;
const MAX_FINDINGS = 50;

const ICONS: Record<Severity | 'none', string> = { error: 'error', warning: 'warning', info: 'info', hint: 'lightbulb', none: 'book' };

/** Above the first line of every file: what its report says first, and where it is seen best. */
export function verdictLenses({ uri, analysis }: Document): Lens[] {
  const told = verdict(analysis);
  const first = firstView(analysis);
  if (told === null || first === null) return [];
  const lens = (title: string, view: CommandView): Lens => ({
    span: EMPTY_SPAN,
    title,
    tooltip: commandTitle(VIEWS[view].command),
    command: { id: VIEWS[view].command, arguments: [uri] },
  });
  return [
    lens(`$(${ICONS[told.finding?.severity ?? 'none']}) ${told.text}`, first),
    ...(first === 'report' ? [] : [lens(`$(book) ${VERDICT.report}`, 'report')]),
  ];
}

/**
 * The outline begins with the verdict, and in it the findings, worst first. It takes no room of the text: a symbol around
 * all others would be the one that the cursor stands in everywhere.
 */
export function verdictSymbols({ uri, analysis }: Document): DocumentSymbol[] {
  const told = verdict(analysis);
  if (told === null) return [];
  const here = toldFindings(analysis.findings).filter(({ at }) => at.document === uri);
  const children = here
    .slice(0, MAX_FINDINGS)
    .map(
      (finding): DocumentSymbol => ({ name: headline(finding), detail: finding.id, kind: EVENT, span: finding.at.span, selection: finding.at.span }),
    );
  if (here.length > MAX_FINDINGS)
    children.push({ name: VERDICT.more(here.length - MAX_FINDINGS), kind: EVENT, span: EMPTY_SPAN, selection: EMPTY_SPAN });
  return [
    { name: told.text, detail: here.length < 2 ? '' : VERDICT.findings(here.length), kind: EVENT, span: EMPTY_SPAN, selection: EMPTY_SPAN, children },
  ];
}
