import { notFound } from '../../analysis/log/notFound.ts';
import { finding } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import type { LogRule } from './types.ts';
import { LOG_FINDINGS, LOG_NOTES } from './words.ts';

export const processNotFound: LogRule = {
  id: 'process-not-found',
  title: 'A process does not find another one of its cluster',
  severity: 'warning',
  docs: `A process asks for the ResourceManager or for the JobManager of a job ("Could not resolve ResourceManager address …, retrying in 10000 ms") three times or more, and nothing in the rest of the text says that it was found. A TaskManager ends itself after \`taskmanager.registration.timeout\` (5 minutes). Once or twice is usual while a cluster starts.

*What to do:* the address in the message: the name must resolve where this process runs, the port must be open from there, and a JobManager must be leader at that time. Without high availability it comes from \`jobmanager.rpc.address\` and \`jobmanager.rpc.port\`, else from the store of high availability.`,
  check: ({ log, failures }) =>
    // Where it gave up, that is the failure, and says the same.
    failures.first !== null
      ? []
      : notFound(log).map(({ who, address, attempts, for: lasts, why, first, last }) => {
          const facts = { who, address, attempts, lasts, why };
          return finding(processNotFound, {
            ...saidOf(LOG_FINDINGS.notFound, facts),
            facts,
            key: ['who', 'address'],
            span: last.span,
            certainty: 'proved',
            related: [{ message: LOG_NOTES.firstOfThem, span: first.span }],
          });
        }),
};
