import { documentsOf, hasTrace } from '../../analysis/rest/model.ts';
import { type RestRule, tell } from './shared.ts';

export const requestFailed: RestRule = {
  id: 'request-failed',
  title: 'The answer is an error',
  severity: 'info',
  docs: `Instead of the document the REST API answered with an error: the job or vertex is not there (any more), the feature is off, or the JobManager failed to answer.`,
  check({ rest }) {
    // What the server threw is told as a failure.
    const failed = documentsOf(rest, 'errors').filter((document) => !hasTrace(document));
    const [first] = failed;
    const [error] = first?.errors ?? [];
    // An archive has them for everything that the job does not use.
    if (error === undefined || rest.archive) return [];
    return [tell(requestFailed, 'request-failed', { error: error.text, count: failed.length }, { certainty: 'proved', span: error.span })];
  },
};
