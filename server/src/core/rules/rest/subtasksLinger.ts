import { LINGERING_STATES, lingering } from '../../analysis/rest/load.ts';
import { documentsOf } from '../../analysis/rest/model.ts';
import { vertexNames } from '../../analysis/rest/names.ts';
import { beside, MAX_FINDINGS, MAX_RELATED, type RestRule, subtaskFact, tell } from './shared.ts';

const MAX_NAMED = 20;
/** From so long on it is no start any more. */
const STUCK_MS = 60_000;

export const subtasksLinger: RestRule = {
  id: 'subtasks-linger',
  title: 'Subtasks stay in a state that they should leave',
  severity: 'info',
  docs: `By \`status-duration\` of the vertex (1.16 and newer) subtasks are in INITIALIZING for five seconds or more, in SCHEDULED for ten, in DEPLOYING or CANCELING for thirty: they restore state or wait in \`open()\`, wait for slots, load jars, or do not react to being cancelled. A warning from a minute on, and for cancellation at once.`,
  check(analysis) {
    const names = vertexNames(analysis);
    return documentsOf(analysis.rest, 'vertex')
      .flatMap((document) =>
        LINGERING_STATES.flatMap((state) => {
          const found = lingering(document, state);
          const [first] = found?.rows ?? [];
          if (found === null || first === undefined) return [];
          const fact = (subtask: number) => subtaskFact(names, document.subject, subtask, found.of);
          const rows = found.rows.slice(0, MAX_NAMED);
          const facts = {
            state,
            vertex: document.name,
            count: found.rows.length,
            of: found.of,
            ms: found.ms,
            rows: rows.map(({ subtask }) => fact(subtask)),
          };
          return tell(subtasksLinger, 'subtasks-linger', facts, {
            certainty: 'suspected',
            severity: state === 'CANCELING' || found.ms >= STUCK_MS ? 'warning' : 'info',
            span: first.statusSpan,
            related: rows.slice(1, 1 + MAX_RELATED).map(({ subtask, statusSpan }) => beside(statusSpan, 'subtask', fact(subtask))),
          });
        }),
      )
      .slice(0, MAX_FINDINGS);
  },
};
