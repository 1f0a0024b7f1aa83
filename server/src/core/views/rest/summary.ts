import type { RestAnalysis } from '../../analysis/rest/model.ts';
import type { DocumentType } from '../../rest/model.ts';

/** The `summary` of the command line's JSON for documents of the REST API. */
export interface RestSummary {
  /** An archive of the History Server. */
  archive: boolean;
  documents: Partial<Record<DocumentType, number>>;
  /** Job documents and plans. */
  plans: number;
  /** Failures that the documents name. */
  failures: number;
}

export function restSummary({ rest }: RestAnalysis): RestSummary {
  const documents: RestSummary['documents'] = {};
  let failures = 0;
  for (const document of rest.documents) {
    documents[document.type] = (documents[document.type] ?? 0) + 1;
    if (document.type === 'exceptions') failures += document.entries.length;
  }
  return { archive: rest.archive, documents, plans: rest.plans, failures };
}
