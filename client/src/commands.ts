import * as vscode from 'vscode';
import type { CommandArguments, ShowPlacesArguments } from '../../common/commands.ts';
import { ANALYSIS, CONTENT_URI, TICKET } from '../../common/contracts.ts';
import { traitsOf } from '../../common/ids.ts';
import type { Range } from '../../common/span.ts';
import { type CommandView, isCommandView, VIEW_NAMES, VIEWS } from '../../common/views.ts';
import { baseName, type Content, setOf, setUri } from '../../common/virtual.ts';
import type { Ask } from './ask.ts';
import { checkFolder } from './checkFolder.ts';
import { filterLog, isFilter } from './filterLog.ts';
import type { GraphPanels } from './graphPanel.ts';
import { openWithLogjam } from './offer.ts';
import type { ShowPage } from './reportPanel.ts';
import { reveal, toRange } from './reveal.ts';
import { openSample } from './samples.ts';
import type { Services } from './services.ts';
import { chooseFiles, readTogether } from './together.ts';
import { CHOICES, MESSAGES, PANEL_TITLES } from './words.ts';

/** How the panels are opened. */
export interface PanelOpeners {
  graph: GraphPanels;
  timeline(uri: string): void;
  gcChart(uri: string): void;
  callTree(uri: string): void;
  page: ShowPage;
  incident(uri: string): void;
}

/** Commands of common/commands.ts. Those of the palette speak of the active document; others are given theirs. */
export function registerCommands(services: Services, panels: PanelOpeners): void {
  const { context, ask, subject, status, opened } = services;
  const register = (id: string, run: (...args: never[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  };
  /** `other`: a second file, for the commands that compare and are told with what. */
  const onActive = (id: string, run: (uri: string, other?: string) => unknown): void =>
    register(id, (uri?: string | vscode.Uri, other?: unknown) => {
      const target = subject.of(uri);
      if (target === undefined) return vscode.window.showInformationMessage(MESSAGES.noFile);
      return run(target, typeof other === 'string' ? other : selectedBeside(target, other));
    });

  /** Where each view that a command shows is shown. */
  const show: { readonly [N in CommandView]: (uri: string) => unknown } = {
    report: (uri) => panels.page(uri, 'report'),
    stacks: (uri) => panels.page(uri, 'stacks'),
    timeline: panels.timeline,
    'gc-chart': panels.gcChart,
    icicle: panels.callTree,
    simulation: panels.graph.simulate,
    relations: (uri) => panels.page(uri, 'relations'),
    'lock-wait': (uri) => panels.graph.show(uri, 'lock-wait'),
    job: (uri) => panels.graph.show(uri, 'job'),
    scopes: (uri) => panels.graph.show(uri, 'scopes'),
    calls: (uri) => panels.graph.show(uri, 'calls'),
  };
  for (const name of VIEW_NAMES.filter(isCommandView)) onActive(VIEWS[name].command, (uri) => show[name](uri));
  register('logjam.filterLog', async (uri?: string | vscode.Uri, given?: unknown) => {
    const target = subject.of(uri);
    if (target !== undefined) await filterLog(ask, target, isFilter(given) ? given : undefined);
  });
  register('logjam.showGraphAt', (...[uri, view, node]: CommandArguments['logjam.showGraphAt']) => panels.graph.show(uri, view, node));

  onActive('logjam.whatIsWrong', async (uri) => {
    const first = (await ask(ANALYSIS, { uri }))?.first ?? null;
    if (first === null) return vscode.window.showInformationMessage(MESSAGES.notAvailable);
    return show[first](uri);
  });
  onActive('logjam.compareDumps', (uri, other) => compare(ask, panels.page, uri, CHOICES.compareDump, other));
  onActive('logjam.comparePlans', async (uri, given) => {
    const other = await compare(ask, panels.page, uri, CHOICES.comparePlan, given);
    if (other !== undefined && other !== uri) panels.graph.compare(uri, other);
  });

  register('logjam.analyseFile', (uri?: vscode.Uri) => analyseFile(uri, ask));
  register('logjam.analyseClipboard', analyseClipboard);
  // From the explorer: the one that was clicked, and all that are selected. From a lens: their uris.
  register('logjam.analyseTogether', async (clicked?: vscode.Uri | string[], selected?: vscode.Uri[]) => {
    const given = Array.isArray(clicked) ? clicked.map((uri) => vscode.Uri.parse(uri, true)) : (selected ?? (clicked === undefined ? [] : [clicked]));
    const uri = await readTogether(ask, status, given, subject.of());
    if (uri !== undefined) panels.page(uri, 'report');
  });
  register('logjam.openIncident', async (clicked?: vscode.Uri | string[], selected?: vscode.Uri[]) => {
    const named = Array.isArray(clicked) ? clicked.map((uri) => vscode.Uri.parse(uri, true)) : undefined;
    const chosen = named ?? selected ?? (clicked instanceof vscode.Uri ? [clicked] : await chooseFiles(subject.of()));
    if (chosen.length === 0) return;
    const uri = setUri([...new Set(chosen.map(String))].sort());
    opened.add(uri);
    panels.incident(uri);
  });
  register('logjam.checkFolder', (folder?: vscode.Uri) => checkFolder(ask, status, folder));
  onActive('logjam.copyTicket', async (uri) => {
    const text = await ask(TICKET, { uri });
    if (text === null) return void vscode.window.showInformationMessage(MESSAGES.notAvailable);
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(MESSAGES.copiedForTicket, 3000);
  });
  register('logjam.openSample', (name?: string) => openSample(services, panels.incident, name));
  register('logjam.copyText', async (text: string) => {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(MESSAGES.copied, 2000);
  });
  register('logjam.showContent', (...[uri, name, part]: CommandArguments['logjam.showContent']) =>
    openContent(ask, { uri, name, ...(part === undefined ? {} : { part }) }),
  );
  register('logjam.reveal', (uri: string, range: Range) => reveal(uri, range));
  register('logjam.showPlaces', (...[uri, at, ranges, message]: ShowPlacesArguments) => {
    void vscode.window.showInformationMessage(message);
    const target = vscode.Uri.parse(uri, true);
    const places = ranges.map((range) => new vscode.Location(target, toRange(range)));
    return vscode.commands.executeCommand('editor.action.showReferences', target, toRange(at).start, places);
  });
}

/** Of the files that are selected in the explorer those that were not clicked, as one uri. */
function selectedBeside(clicked: string, selected: unknown): string | undefined {
  const others = Array.isArray(selected) ? selected.filter((one): one is vscode.Uri => one instanceof vscode.Uri && one.toString() !== clicked) : [];
  return others.length > 1 ? setUri(others.map(String).sort()) : others[0]?.toString();
}

/** Opens a document that the server makes from one file or two. */
async function openContent(ask: Ask, wanted: Content): Promise<void> {
  const content = await ask(CONTENT_URI, wanted);
  if (content === null) {
    void vscode.window.showInformationMessage(MESSAGES.notAvailable);
    return;
  }
  const target = vscode.Uri.parse(content, true);
  if (target.path.endsWith('.md')) return void (await vscode.commands.executeCommand('markdown.showPreview', target));
  const { document } = await vscode.window.showTextDocument(target, { preview: true, viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  const { language } = traitsOf('thread-dump');
  if (wanted.name === 'readable' && language !== undefined) await vscode.languages.setTextDocumentLanguage(document, language);
}

/**
 * What changed between files, as a page; of two also side by side in the diff editor, in a form in which equal things look equal.
 * Gives the other file; undefined where none was chosen or they cannot be compared.
 */
async function compare(ask: Ask, page: ShowPage, uri: string, title: string, given?: string): Promise<string | undefined> {
  const inside = given === undefined ? await ask(CONTENT_URI, { uri, name: 'normalised', part: 1 }) : null;
  const other = inside === null ? (given ?? (await chooseOther(uri, title))) : uri;
  if (other === undefined) return undefined;
  if (setOf(other) !== null) {
    page(uri, 'comparison', other);
    return undefined;
  }
  const left = await ask(CONTENT_URI, { uri, name: 'normalised', part: 0 });
  const right = inside ?? (await ask(CONTENT_URI, { uri: other, name: 'normalised', part: 0 }));
  if (left === null || right === null) {
    void vscode.window.showInformationMessage(MESSAGES.notAlike);
    return undefined;
  }
  const names = `${baseName(uri)} ↔ ${other === uri ? PANEL_TITLES.nextDump : baseName(other)}`;
  await vscode.commands.executeCommand('vscode.diff', vscode.Uri.parse(left, true), vscode.Uri.parse(right, true), names, { preview: false });
  page(uri, 'comparison', other);
  return other;
}

/** For files that the editor does not hand to extensions, for those that it takes for something else, and for any other on the disk. */
async function analyseFile(given: vscode.Uri | undefined, ask: Ask): Promise<void> {
  const uri = given ?? (await vscode.window.showOpenDialog({ title: CHOICES.analyse, canSelectMany: false }))?.[0];
  if (uri !== undefined) await openWithLogjam(uri.toString(), { ask });
}

/** What was copied in a chat or a ticket, as a document: its language follows from its content. */
async function analyseClipboard(): Promise<void> {
  const content = await vscode.env.clipboard.readText();
  if (content.trim() === '') return void vscode.window.showInformationMessage(MESSAGES.emptyClipboard);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }), { preview: false });
}

/** The second file of a comparison: one that is open or beside the first, or any other. */
async function chooseOther(uri: string, placeHolder: string): Promise<string | undefined> {
  const open = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  const folder = vscode.Uri.joinPath(vscode.Uri.parse(uri, true), '..');
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found.filter(([, type]) => type !== vscode.FileType.Directory).map(([name]) => vscode.Uri.joinPath(folder, name)),
    () => [],
  );
  const others = [...new Map([...open, ...entries].map((one) => [one.toString(), one])).values()]
    .filter((one) => one.toString() !== uri)
    .slice(0, 200);
  const items = others.map((one) => ({
    label: baseName(one.toString()),
    description: vscode.workspace.asRelativePath(vscode.Uri.joinPath(one, '..')),
    one,
  }));
  const file = { label: `$(folder-opened) ${CHOICES.aFile}`, description: '', one: undefined };
  const picked = await vscode.window.showQuickPick([...items, file], { placeHolder, matchOnDescription: true });
  if (picked === undefined) return undefined;
  return (picked.one ?? (await vscode.window.showOpenDialog({ title: placeHolder, canSelectMany: false }))?.[0])?.toString();
}
