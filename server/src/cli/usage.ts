import { GRAPH_VIEWS } from '../../../common/views.ts';
import { WORDS } from './words.ts';

/** The subcommands, each as it is called. */
const USAGES = {
  check: 'check FILE|DIR|- … [--format text|json|sarif|ndjson] [--fail-on error|warning|never] [--fix|--diff]',
  graph: `graph FILE [--view ${GRAPH_VIEWS.join('|')}] [--format svg|dot|json] [--output FILE]`,
  relations: 'relations FILE|DIR|- … [--together] [--gc GC-LOG] [--format text|json]',
  report: 'report FILE|DIR … [--format markdown|json|html]',
  digest: 'digest FILE|DIR …',
  merge: 'merge DIGEST …',
  diff: 'diff A B [--format text|svg|dot|json]',
  simulate:
    'simulate PLAN [--capacity N|feedback=N|FROM>TO=N] [--amplify OPERATOR=N] [--policy none|feedback-first|feedback-when-used] [--spill] [--records N] [--seed N] [--bound N] [--format text|json] [--plot FILE]',
};

export type CommandName = keyof typeof USAGES;

export const isCommand = (name: string): name is CommandName => Object.hasOwn(USAGES, name);

export const HELP = WORDS.help([...Object.values(USAGES), 'lsp --stdio']);
