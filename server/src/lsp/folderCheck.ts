import type { Diagnostic } from 'vscode-languageserver';
import { CHECK_FOLDER, type CheckedFolder } from '../../../common/contracts.ts';
import { type Names, UriMap } from '../../../common/uri.ts';
import { baseName, setOf } from '../../../common/virtual.ts';
import { Stopped } from '../core/checkpoint.ts';
import { gather, reason } from '../workspace/gather.ts';
import { isSource } from '../workspace/incidents.ts';
import { answer } from './contract.ts';
import * as convert from './convert.ts';
import { guard } from './guard.ts';
import type { Session } from './session.ts';

const MAX_FILES = 2000;

/**
 * What is found in all files of a folder, told in each of them although nobody has opened it. It stands until another folder
 * is checked; an open file speaks for itself.
 */
export class FolderCheck {
  #found: UriMap<Diagnostic[]>;
  readonly #names: Names;
  readonly #publish: (uri: string) => void;

  /** `publish` tells anew what is to be told in a file. */
  constructor(names: Names, publish: (uri: string) => void) {
    this.#names = names;
    this.#found = new UriMap(names);
    this.#publish = publish;
  }

  of(uri: string): Diagnostic[] | undefined {
    return this.#found.get(uri);
  }

  wire({ connection, workspace, log, sayStatus, abilities }: Session): void {
    const handler = guard<{ uri: string }, CheckedFolder | null>(log, null, async ({ uri }, token) => {
      const { files, more } = await gather(workspace.files, setOf(uri) ?? [uri], { limit: MAX_FILES, wanted: isSource });
      const checked: CheckedFolder = { files: 0, errors: 0, warnings: 0, unread: [], more };
      this.#begin();
      try {
        for (const [at, file] of files.entries()) {
          if (token.isCancellationRequested) break;
          sayStatus({ uri, phase: 'analysing', message: `${baseName(file.uri)}, ${at + 1} of ${files.length}` });
          try {
            for await (const one of workspace.each(file.uri, baseName(file.uri), { waiter: token })) {
              if ('left' in one) {
                if (one.left.failed) checked.unread.push(one.left.message);
                continue;
              }
              const { document } = one;
              if (document.analysis.kind === 'unknown') continue;
              checked.files++;
              const placed = await workspace.places.withPlaces(document, (place) => convert.findings(document, place, abilities().content));
              for (const { severity } of document.analysis.findings) {
                if (severity === 'error') checked.errors++;
                else if (severity === 'warning') checked.warnings++;
              }
              this.#tell(
                document.uri,
                placed.map(({ diagnostic }) => diagnostic),
              );
            }
          } catch (error) {
            if (token.isCancellationRequested) break;
            checked.unread.push(`${baseName(file.uri)}: ${error instanceof Stopped ? error.message : reason(error)}`);
          }
        }
      } finally {
        sayStatus({ uri, phase: 'done' });
      }
      return checked;
    });
    answer(connection, CHECK_FOLDER, handler);
  }

  #begin(): void {
    const before = this.#found.uris();
    this.#found = new UriMap(this.#names);
    for (const uri of before) this.#publish(uri);
  }

  #tell(uri: string, diagnostics: Diagnostic[]): void {
    if (diagnostics.length === 0) return;
    this.#found.set(uri, diagnostics);
    this.#publish(uri);
  }
}
