import * as vscode from 'vscode';
import { FLINK_SCHEME, SCHEME } from '../../common/ids.ts';

/** File systems that VS Code does not call writable or does not know of, and whose documents are files all the same. */
const FILES = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-test-web', SCHEME, FLINK_SCHEME]);

/**
 * A document that a person works on. The others are copies or views of one: the old side of a version control's
 * difference, an answer in a chat, an output channel, a cell of a notebook. Findings in them would be told twice.
 */
export function isFile({ scheme }: vscode.Uri): boolean {
  return FILES.has(scheme) || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}
