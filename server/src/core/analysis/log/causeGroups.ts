import { causeKey } from './causes.ts';
import type { Episode } from './failureModel.ts';

/** Failures of one cause. */
export interface CauseGroup {
  /** In order of time. */
  episodes: Episode[];
  /** Of the first one among all episodes, from 0. */
  index: number;
}

/** Failures by their causes, in the order in which each came first. What differs by numbers alone, such as offsets and ids, is one cause. */
export function causeGroups(episodes: readonly Episode[]): CauseGroup[] {
  const groups = new Map<string, CauseGroup>();
  for (const [index, episode] of episodes.entries()) {
    const key = keyOf(episode).replace(/\d+/g, '#');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { episodes: [episode], index });
    else known.episodes.push(episode);
  }
  return [...groups.values()];
}

function keyOf({ first, symptomOnly, lost }: Episode): string {
  if (symptomOnly) return `symptom ${first.consequence} ${JSON.stringify(lost)}`;
  return first.cause === null ? `unknown ${first.seen} ${JSON.stringify(first.failed)}` : causeKey(first.cause);
}
