import * as vscode from 'vscode';
import { MCP_PROVIDER } from '../../common/ids.ts';
import { LANGUAGE } from '../../common/language.ts';

const SETTING = 'logjam.mcpServer';

/**
 * Offers `logjam mcp` over the folders of the workspace, where the setting wants it: the chat of VS Code has the same tools
 * by themselves, and would list them twice.
 */
export function registerMcpServer(context: vscode.ExtensionContext): void {
  const changed = new vscode.EventEmitter<void>();
  context.subscriptions.push(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(SETTING) && changed.fire()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => {
        const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
        if (vscode.workspace.getConfiguration().get(SETTING) !== true || folders.length === 0) return [];
        const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli', 'logjam.js').fsPath;
        const { version } = context.extension.packageJSON as { version: string };
        const variables = { ELECTRON_RUN_AS_NODE: '1', LOGJAM_LANGUAGE: LANGUAGE };
        return [new vscode.McpStdioServerDefinition('Logjam', process.execPath, [script, 'mcp', ...folders], variables, version)];
      },
    }),
  );
}
