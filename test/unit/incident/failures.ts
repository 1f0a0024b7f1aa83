import type { LogAnalysis } from '../../../server/src/core/analysis/log/model.ts';
import { linePlace } from '../../../server/src/core/log/files.ts';
import { rotationName } from '../../../server/src/core/log/rotation.ts';

/** What failed according to a log, with the places as people know them. */
export function failuresOf({ failures, files, memory }: LogAnalysis): unknown {
  return {
    memory: memory.map(({ pool, count, shortage }) => ({ pool, count, shortage })),
    episodes: failures.episodes.map(({ first, rest, cancelled, outcome, symptomOnly, lost, certainty }) => {
      const place = linePlace(files, first.line);
      return {
        failed: first.failed,
        cause: first.cause,
        time: first.time,
        line: place.number,
        file: rotationName(place.file?.name ?? ''),
        rest: rest.map((one) => [one.failed, one.cause, one.time]),
        cancelled: cancelled.length,
        outcome,
        symptomOnly,
        lost,
        certainty,
      };
    }),
  };
}
