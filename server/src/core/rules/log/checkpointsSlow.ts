import { slowCheckpoints } from '../../analysis/log/slowCheckpoints.ts';
import { finding } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { LOG_FINDINGS, LOG_NOTES } from './words.ts';

export const checkpointsSlow: LogRule = {
  id: 'checkpoints-slow-in-log',
  title: 'Small checkpoints take long',
  severity: 'warning',
  docs: `The newest three checkpoints of a job or more took 30 s each, or longer, and wrote less than 1 MB in a second of it: it is no storage that is slow. A barrier waits behind records, as under back-pressure, or a task that is busy in one call does not come to it.

*What to do:* the details of the checkpoint: a long start delay is back-pressure, a long alignment an input that lags behind others, a long synchronous part the task itself. Find the first busy task. Unaligned checkpoints are for back-pressure that cannot be taken away.`,
  check: ({ log }) =>
    slowCheckpoints(log)
      .slice(0, MAX_FINDINGS)
      .map(({ count, longestMs, bytes, first, last }) => {
        const facts = { count, longestMs, bytes };
        return finding(checkpointsSlow, {
          ...saidOf(LOG_FINDINGS.checkpointsSlow, facts),
          facts,
          key: [],
          span: last.span,
          certainty: 'suspected',
          related: [{ message: LOG_NOTES.firstOfThem, span: first.span }],
        });
      }),
};
