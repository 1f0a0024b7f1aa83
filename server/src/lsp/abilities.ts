import type { InitializeParams } from 'vscode-languageserver';
import { SERVER_COMMANDS } from '../../../common/capabilities.ts';

/** What a client can do. */
export interface Abilities {
  configuration: boolean;
  /** Our own requests to the client. */
  findSource: boolean;
  findFiles: boolean;
  status: boolean;
  /** It runs the commands of common/commands.ts itself, and draws `$(icon)` in titles: our extension. */
  commands: boolean;
  showDocument: boolean;
  /** It asks for the texts of our own uris, so that a link to one opens. */
  content: boolean;
}

export const NO_ABILITIES: Abilities = {
  configuration: false,
  findSource: false,
  findFiles: false,
  status: false,
  commands: false,
  showDocument: false,
  content: false,
};

export function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): Abilities {
  const own = (initializationOptions ?? {}) as Record<string, unknown>;
  return {
    configuration: capabilities.workspace?.configuration === true,
    findSource: own['findSource'] === true,
    findFiles: own['findFiles'] === true,
    status: own['status'] === true,
    commands: own['commands'] === true,
    showDocument: capabilities.window?.showDocument?.support === true,
    content: capabilities.workspace?.textDocumentContent !== undefined || own['commands'] === true,
  };
}

/** Whether a command does something when this client is told to run it. */
export const runs = ({ commands }: Abilities, command: string): boolean => commands || SERVER_COMMANDS.some((ours) => ours === command);

/** A title without the pictures that VS Code alone draws. */
export const plainTitle = (title: string): string => title.replace(/\$\([a-z][a-z0-9-]*\) ?/g, '');

/** Markdown without its links to lines of files: editors other than VS Code show them as they are written, or open another line. */
export const plainPlaces = (markdown: string): string => markdown.replace(/\[((?:\\.|[^[\]\\]){0,300})\]\(<file:[^<>]{0,4000}>\)/g, '$1');
