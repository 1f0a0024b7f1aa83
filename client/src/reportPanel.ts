import * as vscode from 'vscode';
import { ANALYSIS, CONTENT_URI } from '../../common/contracts.ts';
import { PANELS } from '../../common/ids.ts';
import { linksAsFragments } from '../../common/reportLinks.ts';
import { isPageName, type PageName } from '../../common/views.ts';
import { baseName, setOf } from '../../common/virtual.ts';
import { fromAnyPage, type ReportFromWebview, type ReportToWebview } from '../../common/webview.ts';
import { Panels } from './panel.ts';
import type { Services } from './services.ts';
import { PANEL_TEXTS, PANEL_TITLES } from './words.ts';

/** Shows a page of a file; `other`: what it is compared with. */
export type ShowPage = (uri: string, name: PageName, other?: string) => void;

/** Name of a panel: that of its page, and of a comparison what the file is compared with. */
const nameOf = (name: PageName, other: string | undefined): string => (other === undefined ? name : `${name} ${other}`);
function pageOf(panel: string): { name: PageName; other?: string } {
  const [name = '', other] = panel.split(' ');
  return { name: isPageName(name) ? name : 'report', ...(other === undefined ? {} : { other }) };
}

/** The panels with texts that are pages: the report of a file or of several that are read as one, its stacks, relationships, comparisons. */
export function registerReportPanels(services: Services): ShowPage {
  const { ask } = services;
  const panels = new Panels<ReportToWebview, ReportFromWebview>(services, {
    viewType: PANELS.report,
    page: 'report',
    read: fromAnyPage,
    title: (key) => PANEL_TITLES.view(pageOf(key.name).name, baseName(key.uri)),
    sources(key) {
      const { other } = pageOf(key.name);
      return other === undefined ? [] : (setOf(other) ?? [other]);
    },
    // It is read, not looked at beside the text; and its title bar offers the other views of the same files.
    isText: true,
    async load(key, send) {
      send({ type: 'progress', text: PANEL_TEXTS.readingFile });
      const page = pageOf(key.name);
      const content = await ask(CONTENT_URI, { uri: key.uri, ...page });
      if (content === null) throw new Error(await whyNot(key.uri, page.name));
      const markdown = (await vscode.workspace.openTextDocument(vscode.Uri.parse(content, true))).getText();
      const html = await vscode.commands.executeCommand<string>('markdown.api.render', linksAsFragments(markdown));
      send({ type: 'report', uri: key.uri, name: key.name, title: baseName(key.uri), html, markdown });
    },
  });
  const whyNot = async (uri: string, name: PageName): Promise<string> => {
    if (name === 'comparison') return PANEL_TEXTS.notComparable;
    const info = await ask(ANALYSIS, { uri });
    return info?.problem ?? PANEL_TEXTS.noView(name);
  };
  return (uri, name, other) => panels.show({ uri, name: nameOf(name, other) });
}
