// The project's TextMate grammars, as VS Code gets them.
import { existsSync, readFileSync } from 'node:fs';
import type { Registry } from 'vscode-textmate';
import { createRegistry } from 'vscode-tmgrammar-test/dist/common/index.js';
import { at } from '../../scripts/lib/paths.mjs';

interface Contribution {
  language?: string;
  scopeName: string;
  path: string;
  injectTo?: string[];
}

/** The grammars that package.json contributes. */
export const grammars: Contribution[] = (JSON.parse(readFileSync(at('package.json'), 'utf8')).contributes?.grammars ?? []).filter(
  (one: Contribution) => existsSync(at(one.path)),
);

export const registry: Registry = createRegistry(grammars.map((one) => ({ ...one, path: at(one.path) })));
