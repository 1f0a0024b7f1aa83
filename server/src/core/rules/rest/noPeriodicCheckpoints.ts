import { documentsOf } from '../../analysis/rest/model.ts';
import { type RestRule, tell } from './shared.ts';

export const noPeriodicCheckpoints: RestRule = {
  id: 'no-periodic-checkpoints',
  title: 'No periodic checkpoints',
  severity: 'info',
  docs: `The interval of \`/checkpoints/config\` is the largest long: no checkpoints are taken. A job in batch mode needs none; a streaming job loses its state with the first failure.`,
  check: ({ rest }) =>
    documentsOf(rest, 'checkpoint-config')
      .filter(({ interval }) => interval === null)
      .slice(0, 1)
      .map(({ intervalSpan }) => tell(noPeriodicCheckpoints, 'no-periodic-checkpoints', {}, { certainty: 'proved', span: intervalSpan })),
};
