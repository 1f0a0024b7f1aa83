import { SCHEME } from './ids.ts';
import { version } from './version.ts';

/** Types of semantic tokens; a token names one by its index. */
export const TOKEN_TYPES = [
  'namespace',
  'class',
  'method',
  'variable',
  'keyword',
  'string',
  'number',
  'comment',
  'property',
  'enumMember',
  'label',
] as const;
/** Modifiers of semantic tokens; a token names them by bits. */
export const TOKEN_MODIFIERS = ['library', 'application', 'deadlock', 'deprecated'] as const;

/** The kind of code action that mends all that can safely be mended. */
export const FIX_ALL = 'source.fixAll.logjam';

/** Commands of the server, which edit files of the workspace other than the one at hand. Any editor can run them. */
export const SERVER_COMMANDS = ['logjam.fixFromDump', 'logjam.upgradeFlink', 'logjam.setConfiguration'] as const;

/**
 * The answer to `initialize`, in the terms of LSP. It depends on nothing that a client says: whoever watches over the
 * analysis gives it while the thread with the analysis still starts.
 */
export const INITIALIZED = {
  serverInfo: { name: 'logjam', version },
  capabilities: {
    // Changes come as edits of the text before.
    textDocumentSync: { openClose: true, change: 2 as const },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    codeLensProvider: {},
    inlayHintProvider: true,
    documentLinkProvider: { resolveProvider: true },
    codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite', FIX_ALL] },
    semanticTokensProvider: { legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] }, full: true, range: true },
    executeCommandProvider: { commands: [...SERVER_COMMANDS] },
    workspace: { textDocumentContent: { schemes: [SCHEME] }, workspaceFolders: { supported: true, changeNotifications: true } },
  },
};
