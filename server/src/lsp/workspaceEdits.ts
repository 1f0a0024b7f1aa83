import {
  type Connection,
  MessageType,
  type ShowDocumentParams,
  ShowMessageNotification,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { SERVER_COMMANDS } from '../../../common/capabilities.ts';
import type { CommandArguments } from '../../../common/commands.ts';
import { COPY, FIND_FILES } from '../../../common/contracts.ts';
import { contentUri } from '../../../common/virtual.ts';
import { fixFromDump } from '../core/analysis/java/fromDump.ts';
import { allCallbacks } from '../core/analysis/threaddump/dumpCallbacks.ts';
import { KNOWN_ISSUES } from '../core/knowledge/issues/index.ts';
import type { TextEdit } from '../core/model.ts';
import { costWords, DUMP_REFUSALS, JAVA_RULE_WORDS, otherLineText, textEdits } from '../core/rules/java/words.ts';
import { LineIndex } from '../core/text.ts';
import {
  BUILD_FILES_GLOB,
  CONFIGURATIONS_GLOB,
  isBuildFile,
  isFlinkConfiguration,
  looksLikeFlinkConfig,
  optionSnippet,
  setFlinkOption,
  upgradeFlink,
} from '../core/upgrade/index.ts';
import { REFUSALS, UPGRADE_PROBLEMS } from '../core/upgrade/words.ts';
import { say as sentence } from '../core/wording.ts';
import type { SourceReference } from '../features/types.ts';
import type { Analysed } from '../workspace/workspace.ts';
import type { Abilities } from './abilities.ts';
import { ask, tell } from './contract.ts';
import { EDITS } from './words.ts';

const MAX_FILES = 200;

export interface Files {
  abilities: Abilities;
  /** Files in the folders of the workspace, where the client does not look them up. */
  inWorkspace(wanted: (uri: string) => boolean, limit: number): Promise<string[]>;
  findSource(source: SourceReference): Promise<string | null>;
  find(uri: string): Promise<Analysed | null>;
  /** What the editor shows of a file that it has open, else what the file holds: edits are made on that. */
  text(uri: string): Promise<string | null>;
}

type ServerCommand = (typeof SERVER_COMMANDS)[number];

const RUN: { readonly [C in ServerCommand]: (connection: Connection, files: Files, ...args: CommandArguments[C]) => Promise<void> } = {
  'logjam.fixFromDump': fix,
  'logjam.upgradeFlink': upgrade,
  'logjam.setConfiguration': configure,
};

const isServerCommand = (command: string): command is ServerCommand => Object.hasOwn(RUN, command);

/** Runs one of the server's commands: edits through the client, which asks and can undo, and says what was not possible. */
export async function runCommand(connection: Connection, files: Files, command: string, args: readonly unknown[]): Promise<void> {
  if (!isServerCommand(command)) throw new Error(`unknown command ${command}`);
  // All that these commands take are texts; what another editor leaves out is an empty one.
  const run: (connection: Connection, files: Files, ...texts: string[]) => Promise<void> = RUN[command];
  await run(connection, files, ...[0, 1, 2].map((at) => String(args[at] ?? '')));
}

/** Opens the source behind a deadlock, checks that it is the one of the dump, and moves the callback out of the lock. */
async function fix(connection: Connection, files: Files, uri: string, id: string): Promise<void> {
  const dump = (await files.find(uri))?.analysis;
  const all = dump?.kind === 'thread-dump' ? allCallbacks(dump.dumps) : [];
  const index = all.findIndex((one) => one.id === id);
  const under = all[index];
  if (under === undefined) return say(connection, EDITS.dumpChanged);
  const { callback } = under;
  const suggestion = { uri: contentUri({ uri, name: 'suggested-change', part: index }), takeFocus: true };
  const source = await files.findSource({ package: callback.package, file: callback.file, line: callback.frame.line });
  const text = source === null ? null : await files.text(source);
  if (source === null || text === null) {
    if (!files.abilities.content) return say(connection, EDITS.sourceUnknown(callback.file));
    await show(connection, files, suggestion);
    return say(connection, EDITS.sourceMissing(callback.file));
  }
  const found = fixFromDump(source, text, callback);
  const lines = new LineIndex(text);
  if (found.plan === null) {
    await show(connection, files, { uri: source, takeFocus: true, ...(found.span === null ? {} : { selection: lines.range(found.span) }) });
    return say(connection, EDITS.notOffered(callback.file, sentence(DUMP_REFUSALS, found.refusal)));
  }
  const applied = await apply(connection, JAVA_RULE_WORDS.fixes['move-out-of-dump']({ method: callback.entry.method, file: callback.file }), [
    { uri: source, text, edits: textEdits(found.plan.edits) },
  ]);
  if (!applied) return;
  await show(connection, files, { uri: source, takeFocus: true, selection: lines.range(found.span) });
  const notes = [found.otherLine === null ? null : otherLineText(found.otherLine), costWords(found.plan.costs)].filter((one) => one !== null);
  if (notes.length > 0) say(connection, notes.join(' '));
}

/** Raises the version in the build files of the workspace to the nearest release with the fix. */
async function upgrade(connection: Connection, files: Files, key: string): Promise<void> {
  const fixed = KNOWN_ISSUES.find((issue) => issue.key === key)?.fixed ?? [];
  const found = await texts(connection, files, BUILD_FILES_GLOB, isBuildFile);
  const plans = found.map((file) => ({ ...file, ...upgradeFlink(file.uri, file.text, fixed) }));
  const problems = plans.flatMap((plan) => plan.problems.map((problem) => sentence(UPGRADE_PROBLEMS, problem)));
  const edits = plans.filter((plan) => plan.edits.length > 0);
  if (edits.length === 0) {
    const versions = plans.flatMap((plan) => plan.versions.map(({ from }) => from));
    return say(connection, EDITS.nothingToUpgrade([...new Set(versions)], problems));
  }
  await apply(connection, EDITS.upgrade(key), edits);
  if (problems.length > 0) say(connection, problems.join(' '));
}

/** Sets an option in the Flink configuration of the workspace; without one the snippet is shown for pasting. */
async function configure(connection: Connection, files: Files, key: string, value: string, cost: string): Promise<void> {
  const found = (await texts(connection, files, CONFIGURATIONS_GLOB, isFlinkConfiguration)).filter(
    ({ uri, text }) => /flink-conf/.test(uri) || looksLikeFlinkConfig(text),
  );
  const plans = found.map((file) => ({ ...file, ...setFlinkOption(file.uri, file.text, key, value) }));
  const edits = plans.filter((plan) => plan.edits.length > 0);
  if (edits.length > 0) {
    await apply(connection, EDITS.set(key, value), edits);
    return say(connection, EDITS.wasSet(key, value, cost));
  }
  const refused = plans.flatMap((plan) => (plan.refused === null ? [] : [sentence(REFUSALS, plan.refused)]));
  if (refused.length > 0) return say(connection, refused.join(' '));
  if (plans.length > 0) return say(connection, EDITS.isSet(key, value));
  const lines = optionSnippet(key, value);
  if (!files.abilities.commands) return say(connection, EDITS.notFound(lines.trim(), cost));
  await tell(connection, COPY, { text: lines });
  say(connection, EDITS.copied(cost));
}

interface Text {
  uri: string;
  text: string;
}

async function texts(connection: Connection, files: Files, glob: string, accept: (path: string) => boolean): Promise<Text[]> {
  const uris = files.abilities.findFiles ? await ask(connection, FIND_FILES, { glob, limit: MAX_FILES }) : await files.inWorkspace(accept, MAX_FILES);
  const found: Text[] = [];
  for (const uri of uris.filter(accept)) {
    const text = await files.text(uri);
    if (text !== null) found.push({ uri, text });
  }
  return found;
}

/** Every edit with its own line in the refactor preview. */
async function apply(connection: Connection, label: string, plans: (Text & { edits: readonly TextEdit[] })[]): Promise<boolean> {
  const changeAnnotations: NonNullable<WorkspaceEdit['changeAnnotations']> = {};
  let number = 0;
  const documentChanges: TextDocumentEdit[] = plans.map(({ uri, text, edits }) => {
    const lines = new LineIndex(text);
    return {
      textDocument: { uri, version: null },
      edits: edits.map(({ span, newText, description }) => {
        const annotationId = `edit-${number++}`;
        changeAnnotations[annotationId] = { label: description ?? label, needsConfirmation: false };
        return { range: lines.range(span), newText, annotationId };
      }),
    };
  });
  const { applied, failureReason } = await connection.workspace.applyEdit({ label, edit: { documentChanges, changeAnnotations } });
  if (!applied) say(connection, EDITS.notApplied(failureReason));
  return applied;
}

async function show(connection: Connection, { abilities }: Files, document: ShowDocumentParams): Promise<void> {
  if (abilities.showDocument) await connection.window.showDocument(document);
}

function say(connection: Connection, message: string): void {
  // A notification: there is nothing to choose, and so nothing that a client could answer wrongly.
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: `Logjam: ${message}` });
}
