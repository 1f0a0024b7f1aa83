import * as vscode from 'vscode';
import { ANALYSIS } from '../../common/contracts.ts';
import { PANELS } from '../../common/ids.ts';
import { linksAsFragments } from '../../common/reportLinks.ts';
import { VIEWS } from '../../common/views.ts';
import { baseName } from '../../common/virtual.ts';
import { fromAnyPage, type ReportFromWebview, type ReportToWebview } from '../../common/webview.ts';
import { Panels } from './panel.ts';
import type { Services } from './services.ts';

const NAME = 'report';

/** The panels with the report of a file or of several that are read as one. Returns the function that shows one. */
export function registerReportPanels(services: Services): (uri: string) => void {
  const { ask } = services;
  const panels = new Panels<ReportToWebview, ReportFromWebview>(services, {
    viewType: PANELS.report,
    page: 'report',
    read: fromAnyPage,
    title: (key) => `${VIEWS[NAME].title}: ${baseName(key.uri)}`,
    // It is read, not looked at beside the text; and its title bar offers the other views of the same files.
    isText: true,
    async load(key, send) {
      send({ type: 'progress', text: 'Writing the report…' });
      const info = await ask(ANALYSIS, { uri: key.uri });
      if (!info?.report) throw new Error(info?.problem ?? 'There is no report for this file, or it cannot be read any more.');
      const markdown = (await vscode.workspace.openTextDocument(vscode.Uri.parse(info.report, true))).getText();
      const html = await vscode.commands.executeCommand<string>('markdown.api.render', linksAsFragments(markdown));
      send({ type: 'report', uri: key.uri, title: baseName(key.uri), html, markdown });
    },
  });
  return (uri) => panels.show({ uri, name: NAME });
}
