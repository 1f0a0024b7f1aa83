import * as vscode from 'vscode';
import { ASK_TOOL } from '../../common/contracts.ts';
import type { Ask } from './ask.ts';
import type { Services } from './services.ts';

/** What tools that read files take. */
interface Named {
  paths?: unknown;
  file?: unknown;
  tokens?: unknown;
}

/** The tools that package.json declares, answered by the language server. */
export function registerAssistantTools({ context, ask }: Services): void {
  const { contributes } = context.extension.packageJSON as { contributes: { languageModelTools: { name: string; userDescription: string }[] } };
  for (const { name, userDescription } of contributes.languageModelTools) {
    context.subscriptions.push(vscode.lm.registerTool(name, new AssistantTool(name, userDescription, ask)));
  }
}

class AssistantTool implements vscode.LanguageModelTool<Named> {
  readonly #name: string;
  readonly #does: string;
  readonly #ask: Ask;

  constructor(name: string, does: string, ask: Ask) {
    this.#name = name;
    this.#does = does;
    this.#ask = ask;
  }

  prepareInvocation(): vscode.PreparedToolInvocation {
    return { invocationMessage: this.#does };
  }

  async invoke({ input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<Named>, token: vscode.CancellationToken) {
    const uris: Record<string, string> = {};
    for (const path of pathsIn(input)) uris[path] = (await uriOf(path)).toString();
    const answered = await this.#ask(ASK_TOOL, { name: this.#name, input: { ...input, ...room(input, tokenizationOptions) }, uris }, token);
    if (answered === null) throw new vscode.CancellationError();
    // What is wrong is told to the model: it asks anew.
    if ('wrong' in answered) throw new Error(answered.wrong);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answered.answer))]);
  }
}

/** An answer is no longer than the chat has room for. */
function room({ tokens }: Named, options: vscode.LanguageModelToolTokenizationOptions | undefined): { tokens?: number } {
  const { tokenBudget } = options ?? {};
  return tokenBudget !== undefined && typeof tokens === 'number' && tokens > tokenBudget ? { tokens: Math.floor(tokenBudget) } : {};
}

function pathsIn({ paths, file }: Named): string[] {
  return [...(Array.isArray(paths) ? paths : []), file].filter((path) => typeof path === 'string');
}

/** A path as assistants write it: from the root of the machine, or from a folder of the workspace. */
async function uriOf(path: string): Promise<vscode.Uri> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return vscode.Uri.parse(path, true);
  if (/^(?:[a-z]:)?[\\/]/i.test(path)) return vscode.Uri.file(path);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const places = folders.map(({ uri }) => vscode.Uri.joinPath(uri, path.replaceAll('\\', '/')));
  for (const place of places) {
    const found = await vscode.workspace.fs.stat(place).then(
      () => true,
      () => false,
    );
    if (found) return place;
  }
  return places[0] ?? vscode.Uri.file(path);
}
