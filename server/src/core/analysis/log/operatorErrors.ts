import { type LogEvent, type LogModel, recordAt } from '../../log/model.ts';
import { tellingLine } from '../../log/traces/throwables.ts';
import { items, type JsonNode, member, readJson, stringAt } from '../../unwrap/json/tree.ts';
import { thrownIn } from './causes.ts';
import type { Failure, Thrown } from './failureModel.ts';

/** The resource that a record of the operator is about, "namespace/name"; null where its pattern prints none. */
export function resourceOf(log: LogModel, { record }: LogEvent): string | null {
  return record === null ? null : (recordAt(log, record)?.context ?? null);
}

/** Warnings that something failed; others are of load and memory. */
const FAILS = /(?:ERROR|EXCEPTION|FAILED|MISSING)$/;

/** Errors that stand in the state of a resource or that the operator warns of, each once, however often it prints it. */
export function operatorErrors(log: LogModel): Failure[] {
  const seen = new Set<string>();
  return log.events.flatMap((event): Failure[] => {
    const warns = event.id === 'operator-warning' && FAILS.test(event.fields.reason ?? '');
    if (event.id !== 'operator-error' && !warns) return [];
    const { state = event.fields.reason ?? '' } = event.fields;
    const error = (event.fields.error ?? event.fields.what ?? '').trim();
    const resource = resourceOf(log, event);
    if (seen.has(`${resource} ${error}`)) return [];
    seen.add(`${resource} ${error}`);
    const root = rootIn(error);
    return [
      {
        kind: 'job',
        failed: { code: 'operator-error', facts: { resource, state, error: root === null ? error : null } },
        execution: null,
        exception: null,
        time: event.time,
        line: event.line,
        record: event.record,
        span: event.span,
        cause: root === null ? null : { code: 'exception', facts: { root, within: null } },
        causeCertainty: 'proved',
        consequence: null,
        seen: true,
      },
    ];
  });
}

/** The innermost exception of `{"type":…,"message":…,"throwableList":[…]}` (FlinkResourceException), or the one that is named as text. */
function rootIn(error: string): Thrown | null {
  const tree = error.startsWith('{') ? readJson(error) : null;
  if (tree === null) return thrownIn(error);
  const innermost: JsonNode = items(member(tree.root, 'throwableList')).at(-1) ?? tree.root;
  const className = stringAt(error, innermost, 'type');
  const message = stringAt(error, innermost, 'message') ?? '';
  // Flink sends exceptions as SerializedThrowable, whose message is the exception with its name.
  return thrownIn(message) ?? (className === null ? null : { className, message: tellingLine(message) });
}
