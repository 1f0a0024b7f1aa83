import * as vscode from 'vscode';
import type { Subject } from './subject.ts';

const ICONS: Readonly<Record<vscode.DiagnosticSeverity, string>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'info',
  [vscode.DiagnosticSeverity.Hint]: 'lightbulb',
};

/** In the status bar there is room for so many characters. */
const MAX_TEXT = 60;

/** The worst finding in the file that is in front: stays in the status bar while the person reads; a click leads to its place. */
export function registerVerdictItem({ context, subject }: { context: vscode.ExtensionContext; subject: Subject }): void {
  const item = vscode.window.createStatusBarItem('logjam.verdict', vscode.StatusBarAlignment.Left, 1);
  item.name = 'Logjam: worst finding';
  const show = (): void => {
    const uri = subject.of();
    const worst = uri === undefined ? undefined : worstIn(vscode.Uri.parse(uri, true));
    if (uri === undefined || worst === undefined) {
      item.hide();
      return;
    }
    const { message, severity, range } = worst;
    const [first = ''] = message.split('\n');
    item.text = `$(${ICONS[severity]}) ${first.length > MAX_TEXT ? `${first.slice(0, MAX_TEXT - 1)}…` : first}`;
    item.tooltip = message;
    item.command = { title: 'Go there', command: 'logjam.reveal', arguments: [uri, range] };
    item.accessibilityInformation = { label: `Logjam: ${first}` };
    item.show();
  };
  context.subscriptions.push(
    item,
    subject.onChange(show),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const uri = subject.of();
      if (uris.some((one) => one.toString() === uri)) show();
    }),
  );
}

function worstIn(uri: vscode.Uri): vscode.Diagnostic | undefined {
  let worst: vscode.Diagnostic | undefined;
  for (const one of vscode.languages.getDiagnostics(uri)) {
    if (one.source === 'logjam' && (worst === undefined || one.severity < worst.severity)) worst = one;
  }
  return worst;
}
