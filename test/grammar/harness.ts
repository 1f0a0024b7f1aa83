// Tokens of the project's TextMate grammars, as VS Code gets them.
import { existsSync, readFileSync } from 'node:fs';
import { type IGrammar, INITIAL, type Registry } from 'vscode-textmate';
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

export interface Token {
  text: string;
  /** Innermost scope last; the grammar's own scope is left out. */
  scopes: string[];
}

export async function grammarOf(scopeName: string): Promise<IGrammar> {
  const grammar = await registry.loadGrammar(scopeName);
  if (grammar === null) throw new Error(`no grammar ${scopeName}`);
  return grammar;
}

/** The tokens of a text, line by line. */
export async function tokenize(scopeName: string, text: string): Promise<Token[][]> {
  const grammar = await grammarOf(scopeName);
  let state = INITIAL;
  return text.split(/\r?\n/).map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map((token) => ({ text: line.slice(token.startIndex, token.endIndex), scopes: token.scopes.slice(1) }));
  });
}
