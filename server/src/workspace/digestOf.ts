import { utf8Length } from '../core/incident/digest/fit.ts';
import type { Digest } from '../core/incident/digest/model.ts';
import { digest } from '../core/kinds/index.ts';
import type { Analysed, Workspace } from './workspace.ts';

/** What a document says beyond itself. `size`: of its file, in bytes. */
export const digestOf = (workspace: Workspace, document: Analysed, name: string, size: number): Promise<Digest> =>
  workspace.places.withPlaces(document, (place) =>
    digest(document.analysis, {
      name,
      // Where there are as many characters as bytes each is one: nothing is to be counted.
      bytes: document.text === '' || document.text.length === size ? size : utf8Length(document.text),
      text: document.text,
      lineOf: (where) => place(where).start.line,
    }),
  );
