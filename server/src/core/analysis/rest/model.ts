import type { FailuresDocument } from '../../log/restExceptions.ts';
import type { AnalysisBase } from '../../model.ts';
import type { DocumentOfType, DocumentType, ErrorsDocument, RestModel } from '../../rest/model.ts';
import type { JobGraphAnalysis } from '../jobgraph/model.ts';
import type { LogAnalysis } from '../log/model.ts';

/** Everything that was found in documents of the REST API and in what tells the same otherwise. */
export interface RestAnalysis extends AnalysisBase<'rest-document'> {
  rest: RestModel;
  /** What the failures of `/jobs/:jobid/exceptions` say, read as a log; null where there are none. */
  failures: LogAnalysis | null;
  /** The job documents and plans beside the other documents; null where there are none. */
  graph: JobGraphAnalysis | null;
}

/** The documents of one type, in the order of the text. */
export function documentsOf<T extends DocumentType>({ documents }: RestModel, type: T): DocumentOfType<T>[] {
  return documents.filter((document): document is DocumentOfType<T> => document.type === type);
}

/** The documents that name failures: of jobs, of requests, and of what the operator deploys. An archive has answers for everything that its job does not use. */
export function failuresIn(rest: RestModel): FailuresDocument[] {
  const failed = rest.archive ? [] : documentsOf(rest, 'errors').filter(hasTrace);
  return [
    ...documentsOf(rest, 'exceptions').filter(({ entries }) => entries.length > 0),
    ...documentsOf(rest, 'operator').filter(({ resources }) => resources.some(({ error }) => error !== null)),
    ...failed,
  ];
}

/** Does an answer tell what was thrown? */
export const hasTrace = ({ errors }: ErrorsDocument): boolean => errors.some(({ trace }) => trace !== null);
