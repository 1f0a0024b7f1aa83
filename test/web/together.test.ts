// Logs of a file system that only the editor knows, read as one by the server in its worker.
import * as vscode from 'vscode';
import { codeOf } from '../support/diagnosticCode.ts';
import { assert, until } from './helpers.ts';

const HEAD = (second: number, level: string) => `2026-01-01 10:00:0${second},000 ${level}  org.apache.flink.runtime.taskmanager.Task [] - `;
const ID = '0123456789abcdef0123456789abcdef';
const OLD = `${HEAD(1, 'INFO')}Sink: out (1/1)#0 (${ID}) switched from DEPLOYING to RUNNING.\n`;
const NEW = `${HEAD(2, 'WARN')}Sink: out (1/1)#0 (${ID}) switched from RUNNING to FAILED with failure cause:
java.io.IOException: disk full
\tat org.example.Sink.write(Sink.java:12)
\tat org.apache.flink.runtime.taskmanager.Task.run(Task.java:562)
`;

const FOLDER = vscode.Uri.parse('shelf:/logs');

class Shelf implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  readonly #files: Map<string, Uint8Array>;

  constructor(files: Map<string, Uint8Array>) {
    this.#files = files;
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(uri.path);
    if (file === undefined && uri.path !== FOLDER.path) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: file === undefined ? vscode.FileType.Directory : vscode.FileType.File, ctime: 0, mtime: 0, size: file?.length ?? 0 };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [...this.#files.keys()].map((path) => [path.slice(FOLDER.path.length + 1), vscode.FileType.File]);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const file = this.#files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }

  watch = () => new vscode.Disposable(() => undefined);
  createDirectory = () => {};
  writeFile = () => {};
  delete = () => {};
  rename = () => {};
}

async function gzipped(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe('logs of a virtual file system', () => {
  before(async () => {
    const files = new Map([
      [`${FOLDER.path}/taskmanager.log`, new TextEncoder().encode(NEW)],
      [`${FOLDER.path}/taskmanager.log.1.gz`, await gzipped(OLD)],
    ]);
    vscode.workspace.registerFileSystemProvider('shelf', new Shelf(files), { isReadonly: true });
  });

  it('are read as one, the compressed one included', async () => {
    await vscode.commands.executeCommand('logjam.analyseTogether', FOLDER);
    await until('the report', () => vscode.window.tabGroups.all.some((group) => group.tabs.some(({ label }) => label === 'Report: logs')));
    const uri = vscode.Uri.joinPath(FOLDER, 'taskmanager.log');
    const found = await until('the failure in its file', () => vscode.languages.getDiagnostics(uri).find((one) => codeOf(one) === 'first-failure'));
    assert(/disk full/.test(found.message), found.message);
    assert(found.range.start.line === 0, `line ${found.range.start.line}`);
  });
});
