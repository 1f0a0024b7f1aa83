import type { Throwable } from '../../core/log/model.ts';
import { walkThrowables } from '../../core/log/traces/throwables.ts';
import { classText, evidenceText, verdictText } from '../../core/rules/log/words.ts';
import type { Lens } from '../types.ts';
import type { LogDocument } from './elements.ts';
import { LOG_FEATURES } from './words.ts';

const { lenses: WORDS } = LOG_FEATURES;

const MAX_LENSES = 500;
const MAX_PLACES = 500;

/** Above the first failure of every attempt what followed from it, and above the first trace of every group. */
export function lenses({ uri, analysis }: LogDocument): Lens[] {
  const result: Lens[] = [];
  for (const [index, episode] of analysis.failures.episodes.slice(0, MAX_LENSES).entries()) {
    const { first, rest, cancelled } = episode;
    const verdict = verdictText(episode);
    const facts = {
      symptomOnly: episode.symptomOnly,
      number: index + 1,
      of: analysis.failures.episodes.length,
      followed: rest.length + cancelled.length,
    };
    const places = [...episode.evidence].slice(0, MAX_PLACES).map((one) => ({ span: one.span, message: evidenceText(one) }));
    result.push({
      span: first.span,
      title: `$(error) ${WORDS.first(facts)}`,
      tooltip: verdict,
      command: { id: 'logjam.showPlaces', arguments: [{ uri, message: verdict, code: 'first-failure', places }] },
    });
  }
  for (const group of analysis.groups) {
    const [first] = group.members;
    if (first === undefined || result.length >= 2 * MAX_LENSES) break;
    result.push({
      span: first.top.headSpan,
      title: `$(type-hierarchy-sub) ${WORDS.callGraph}`,
      tooltip: WORDS.callGraphTip,
      command: { id: 'logjam.showGraphAt', arguments: [uri, 'calls', `exception:${first.index}`] },
    });
    const left = leftOut(first.top);
    if (left > 0)
      result.push({
        span: first.top.headSpan,
        title: `$(unfold) ${WORDS.wholeTrace}`,
        tooltip: WORDS.wholeTraceTip(left),
        command: { id: 'logjam.showContent', arguments: [uri, 'trace', first.index] },
      });
    if (group.members.length < 2) continue;
    const places = group.members.slice(0, MAX_PLACES).map((one) => ({ span: one.top.headSpan, message: classText(group.root) }));
    result.push({
      span: first.top.headSpan,
      title: `$(references) ${WORDS.alike(group.members.length - 1)}`,
      tooltip: WORDS.alikeTip,
      command: {
        id: 'logjam.showPlaces',
        arguments: [{ uri, message: WORDS.alikeList({ count: group.members.length, root: classText(group.root) }), code: 'exception-group', places }],
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
