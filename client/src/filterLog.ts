import * as vscode from 'vscode';
import { CONTENT_URI, documentNamed } from '../../common/contracts.ts';
import type { LogFilter, LogFilterChoices } from '../../common/logFilter.ts';
import { baseName } from '../../common/virtual.ts';
import type { Ask } from './ask.ts';
import { FILTER, MESSAGES } from './words.ts';

type Item = vscode.QuickPickItem & { filter?: LogFilter; range?: true };

/** Shows the records of a log that the person asks for, in a document of its own beside it; `given`: which, without asking. */
export async function filterLog(ask: Ask, uri: string, given?: LogFilter): Promise<void> {
  const filter = given ?? (await chooseFilter(ask, uri));
  if (filter === undefined) return;
  const content = await ask(CONTENT_URI, { uri, name: 'filtered', filter });
  if (content === null) {
    void vscode.window.showInformationMessage(MESSAGES.notAvailable);
    return;
  }
  const target = vscode.Uri.parse(content, true);
  await vscode.window.showTextDocument(target, { preview: false, viewColumn: vscode.ViewColumn.Beside });
}

async function chooseFilter(ask: Ask, uri: string): Promise<LogFilter | undefined> {
  const choices = await ask(documentNamed('filter-choices'), { uri, name: 'filter-choices' });
  if (choices === null) {
    void vscode.window.showInformationMessage(MESSAGES.notAvailable);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(itemsOf(choices), {
    title: FILTER.title(baseName(uri)),
    placeHolder: FILTER.hint,
    canPickMany: true,
    matchOnDescription: true,
  });
  if (picked === undefined || picked.length === 0) return undefined;
  const range = picked.some((item) => item.range) ? await askRange(choices) : {};
  return range === undefined ? undefined : Object.assign({}, ...picked.map((item) => item.filter), range);
}

function itemsOf({ levels, threads, subtasks, from, to, failure }: LogFilterChoices): Item[] {
  const group = (label: string, items: Item[]): Item[] => (items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items]);
  return [
    ...group(
      FILTER.level,
      levels.map(({ level, count }) => ({ label: FILTER.orWorse(level), description: FILTER.records(count), filter: { level } })),
    ),
    ...group(FILTER.time, [
      ...(failure === null ? [] : [{ label: FILTER.fromFailure, description: failure, filter: { from: failure } }]),
      ...(failure === null ? [] : [{ label: FILTER.upToFailure, description: failure, filter: { to: failure } }]),
      ...(from === null || to === null ? [] : [{ label: FILTER.fromTo, description: FILTER.range(from, to), range: true as const }]),
    ]),
    ...group(
      FILTER.subtask,
      subtasks.map((subtask) => ({ label: subtask, filter: { subtask } })),
    ),
    ...group(
      FILTER.thread,
      threads.map(({ name, count }) => ({ label: name, description: FILTER.records(count), filter: { thread: name } })),
    ),
  ];
}

async function askRange({ from, to }: LogFilterChoices): Promise<LogFilter | undefined> {
  const answer = await vscode.window.showInputBox({
    title: FILTER.rangeTitle,
    prompt: FILTER.rangeHint,
    value: `${from} to ${to}`,
    validateInput: (text) => (rangeIn(text) === null ? FILTER.rangeExample : null),
  });
  return answer === undefined ? undefined : (rangeIn(answer) ?? undefined);
}

/** Null for what is no pair of times. */
function rangeIn(text: string): LogFilter | null {
  const [from = '', to = '', more] = text.split(' to ').map((part) => part.trim());
  const isTime = (part: string) => /^(?:\d{4}-\d\d-\d\d[ T])?\d\d:\d\d(?::\d\d(?:[.,]\d{1,3})?)?$/.test(part);
  if (more !== undefined || !isTime(from) || !isTime(to)) return null;
  const written = (part: string) => part.replace('T', ' ').replace(',', '.');
  return { from: written(from), to: written(to) };
}

/** What another extension or a key binding gives with the command; menus give files that are selected. */
export const isFilter = (given: unknown): given is LogFilter => typeof given === 'object' && given !== null && !Array.isArray(given);
