import type { Throwable } from '../../core/log/model.ts';
import { walkThrowables } from '../../core/log/traces/throwables.ts';
import { classText, evidenceText, verdictText } from '../../core/rules/log/words.ts';
import type { Lens } from '../types.ts';
import type { LogDocument } from './elements.ts';

const MAX_LENSES = 500;
const MAX_PLACES = 500;

/** Above the first failure of every attempt, and above the first trace of every group. */
export function lenses({ uri, analysis }: LogDocument): Lens[] {
  const result: Lens[] = [];
  for (const [index, episode] of analysis.failures.episodes.slice(0, MAX_LENSES).entries()) {
    const count = analysis.failures.episodes.length;
    const which = count > 1 ? ` (${index + 1} of ${count})` : '';
    const { first, rest, cancelled } = episode;
    const verdict = verdictText(episode);
    const followed = rest.length + cancelled.length;
    const places = [...episode.evidence].slice(0, MAX_PLACES).map((one) => ({ span: one.span, message: evidenceText(one) }));
    result.push({
      span: first.span,
      title: `$(error) ${episode.symptomOnly ? 'First symptom' : 'First failure'}${which}${followed > 0 ? `: ${followed} followed` : ''}`,
      tooltip: verdict,
      command: { id: 'logjam.showPlaces', arguments: [{ uri, message: verdict, code: 'first-failure', places }] },
    });
  }
  for (const group of analysis.groups) {
    const [first] = group.members;
    if (first === undefined || result.length >= 2 * MAX_LENSES) break;
    result.push({
      span: first.top.headSpan,
      title: '$(type-hierarchy-sub) Show call graph',
      tooltip: 'Who called whom in this stack trace',
      command: { id: 'logjam.showGraphAt', arguments: [uri, 'calls', `exception:${first.index}`] },
    });
    const left = leftOut(first.top);
    if (left > 0)
      result.push({
        span: first.top.headSpan,
        title: '$(unfold) Show the whole trace',
        tooltip: `With ${left === 1 ? 'the frame' : `the ${left} frames`} behind "... more" written out`,
        command: { id: 'logjam.showContent', arguments: [uri, 'trace', first.index] },
      });
    if (group.members.length < 2) continue;
    const places = group.members.slice(0, MAX_PLACES).map((one) => ({ span: one.top.headSpan, message: classText(group.root) }));
    result.push({
      span: first.top.headSpan,
      title: `$(references) ${group.members.length - 1} more like this`,
      tooltip: 'Same classes, thrown and wrapped at the same methods',
      command: {
        id: 'logjam.showPlaces',
        arguments: [{ uri, message: `${group.members.length} traces with the root cause ${classText(group.root)}`, code: 'exception-group', places }],
      },
    });
  }
  return result;
}

/** Frames behind all "... N more" of a trace. */
function leftOut(top: Throwable): number {
  let sum = 0;
  walkThrowables(top, ({ elided }) => {
    sum += Math.max(0, elided ?? 0);
  });
  return sum;
}
