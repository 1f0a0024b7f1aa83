import * as vscode from 'vscode';
import type { ClusterWatches, Seen } from './watching.ts';
import { STATUS } from './words.ts';

/** Worst first. */
const ORDER: readonly Seen['health'][] = ['failing', 'gone', 'unknown', 'healthy'];
const ICONS: Record<Seen['health'], string> = { failing: 'error', gone: 'debug-disconnect', unknown: 'question', healthy: 'pass' };
/** In the status bar there is room for so many characters. */
const MAX_TEXT = 60;

/** The verdict on the clusters that are watched, that of the worst first; a click leads to it. */
export function registerStatusItem(watches: ClusterWatches): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('logjam.clusters', vscode.StatusBarAlignment.Left, 2);
  item.name = STATUS.itemName;
  const show = (): void => {
    const { all } = watches;
    const seen = all.flatMap((one) => one.seen ?? []).sort((a, b) => ORDER.indexOf(a.health) - ORDER.indexOf(b.health));
    const [first] = all;
    if (first === undefined) {
      item.hide();
      return;
    }
    const [worst] = seen;
    const text = worst === undefined ? STATUS.looking(first.cluster.name) : STATUS.one(worst.cluster.name, worst.sentence);
    item.text = `$(${worst === undefined ? 'eye' : ICONS[worst.health]}) ${text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text}${all.length > 1 ? STATUS.more(all.length - 1) : ''}`;
    item.backgroundColor = worst?.health === 'failing' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    const lines = [
      ...seen.map((one) => STATUS.line(one.cluster.name, one.certainty, one.fault ?? one.sentence, new Date(one.at).toLocaleTimeString())),
      ...all.flatMap((one) => (one.seen === null ? [STATUS.looking(one.cluster.name)] : [])),
    ];
    item.tooltip = [...lines, ...(worst === undefined ? [] : [STATUS.lead])].join('\n');
    item.command = { title: STATUS.lead, command: 'logjam.showClusterVerdict', arguments: [worst?.cluster.id ?? first.cluster.id] };
    item.accessibilityInformation = { label: `Logjam: ${lines.join('; ')}` };
    item.show();
  };
  return vscode.Disposable.from(item, watches.onChange(show));
}
