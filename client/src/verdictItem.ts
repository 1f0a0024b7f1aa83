import * as vscode from 'vscode';
import type { Services } from './services.ts';
import { STATUS_BAR } from './words.ts';

const ICONS = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'info',
  [vscode.DiagnosticSeverity.Hint]: 'lightbulb',
};

/** In the status bar there is room for so many characters. */
const MAX_TEXT = 60;

/**
 * What the report of the file in front says first: stays in the status bar while the person reads. A click leads to the
 * place of the worst finding; where there is none, to where one looks first.
 */
export function registerVerdictItem({ context, subject, status }: Pick<Services, 'context' | 'subject' | 'status'>): void {
  const item = vscode.window.createStatusBarItem('logjam.verdict', vscode.StatusBarAlignment.Left, 1);
  item.name = STATUS_BAR.verdict;
  /** Of open documents, as the server tells them. */
  const verdicts = new Map<string, string>();
  const show = (): void => {
    const uri = subject.of();
    const worst = uri === undefined ? undefined : worstIn(vscode.Uri.parse(uri, true));
    const text = worst?.message ?? (uri === undefined ? undefined : verdicts.get(uri));
    if (uri === undefined || text === undefined) {
      item.hide();
      return;
    }
    const [first = ''] = text.split('\n');
    item.text = `$(${worst === undefined ? 'book' : ICONS[worst.severity]}) ${first.length > MAX_TEXT ? `${first.slice(0, MAX_TEXT - 1)}…` : first}`;
    item.tooltip = text;
    item.command =
      worst === undefined
        ? { title: STATUS_BAR.whatIsWrong, command: 'logjam.whatIsWrong', arguments: [uri] }
        : { title: STATUS_BAR.goThere, command: 'logjam.reveal', arguments: [uri, worst.range] };
    item.accessibilityInformation = { label: `Logjam: ${first}` };
    item.show();
  };
  context.subscriptions.push(
    item,
    subject.onChange(show),
    status.onMessage(({ uri, phase, verdict }) => {
      if (phase !== 'done') return;
      if (verdict === undefined) verdicts.delete(uri);
      else verdicts.set(uri, verdict);
      if (uri === subject.of()) show();
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => verdicts.delete(uri.toString())),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const uri = subject.of();
      if (uris.some((one) => one.toString() === uri)) show();
    }),
  );
}

/** Worst first, as the server tells them. What is only hinted at is no verdict. */
function worstIn(uri: vscode.Uri): vscode.Diagnostic | undefined {
  let worst: vscode.Diagnostic | undefined;
  for (const one of vscode.languages.getDiagnostics(uri)) {
    if (one.source !== 'logjam' || one.severity === vscode.DiagnosticSeverity.Hint) continue;
    if (worst === undefined || one.severity < worst.severity) worst = one;
  }
  return worst;
}
