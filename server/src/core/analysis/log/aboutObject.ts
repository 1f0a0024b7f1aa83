import type { Throwable } from '../../log/model.ts';
import type { Cause } from './failureModel.ts';

/** What somebody answers who refuses: it says no word of what it is that was asked for. */
const REFUSAL = /\b(?:Unauthorized|Forbidden|40[134]|[Dd]enied|not authorized|[Nn]ot found|[Nn]o permission|[Ii]nvalid token)\b/;
/** A path of a file system or a schema of a registry: what stands beside it names the call, or repeats the answer. */
const OBJECT =
  /(?<![\w/])(?:s3[anp]?|gs|abfss?|wasbs?|oss|cosn?|obs|hdfs|viewfs|file|https?):\/{1,3}[^\s'"`<>(){}[\],;]{2,400}|\bschema with id \d{1,12}(?= in registry\b)/;

/** Of what a refusal speaks that names nothing: the exceptions that it was wrapped into know it, the innermost best. */
export function aboutOf(chain: readonly Throwable[], cause: Cause | null): string | null {
  if (cause?.code !== 'exception') return null;
  const { root, within } = cause.facts;
  const told = within ?? root;
  if (!REFUSAL.test(told.message) || OBJECT.test(told.message)) return null;
  for (const { message } of [...chain].reverse()) {
    const [object] = OBJECT.exec(message ?? '') ?? [];
    if (object !== undefined) return object.replace(/[.:]{1,2}$/, '');
  }
  return null;
}
