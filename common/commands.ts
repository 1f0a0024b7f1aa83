/** Every command once: scripts/manifest.ts writes the package.json contributions from this table. */

export interface Command {
  title: string;
  /** `when` clause of the command palette; absent: always there. */
  when?: string;
  /** Icon of an editor title button, shown under `when`. */
  icon?: string;
  /** Not offered in the palette: called from lenses, hovers and code actions. */
  internal?: boolean;
}

const DUMP = 'editorLangId == java-threaddump';

export const COMMANDS = {
  'logjam.showLockGraph': { title: 'Show Lock-Wait Graph', when: DUMP, icon: '$(type-hierarchy)' },
  'logjam.analyseFile': { title: 'Analyse File…' },
  'logjam.copyText': { title: 'Copy Explanation', internal: true },
  'logjam.reveal': { title: 'Reveal in Text', internal: true },
  'logjam.showGraphAt': { title: 'Show in Graph', internal: true },
  'logjam.showPlaces': { title: 'Show Places', internal: true },
  'logjam.openReport': { title: 'Open Report' },
  'logjam.upgradeFlink': { title: 'Upgrade Flink', internal: true },
  'logjam.setConfiguration': { title: 'Set Flink Configuration', internal: true },
  'logjam.cancelAnalysis': { title: 'Cancel Analysis' },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;
