import type { Settings } from '../../../../../common/settings.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { standsAt } from '../../analysis/threaddump/names.ts';
import type { WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import type { Draft } from '../../model.ts';
import { tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX_FINDINGS = 20;

export const blocksOthers: DumpRule = {
  id: 'blocks-other-threads',
  title: 'A thread holds a lock for which others wait, who are not in the text',
  severity: 'info',
  docs: `\`thread -b\` of arthas prints the one thread whose lock most others wait for, and only says how many they are. With as many as the setting \`logjam.longWaitThreads\` says it is a warning.

Look at what the thread does there: input or output, a remote call or a long computation under a lock is the usual cause. Who waits, and whether the thread waits itself for one of them, a whole dump shows.`,
  check: (analysis, { settings }) => analysis.dumps.flatMap(({ waits }) => held(waits, settings)).slice(0, MAX_FINDINGS),
};

function held(waits: WaitGraph, settings: Settings): Draft[] {
  const said = waits.threads.flatMap(({ thread }) =>
    (thread?.locks ?? []).flatMap((action) => (thread !== null && action.blocks !== undefined ? [{ thread, action, blocks: action.blocks }] : [])),
  );
  if (said.length === 0) return [];
  const locks = new Map([...waits.locks.values()].reverse().map((lock) => [lock.ref.key, lock]));
  return said.flatMap(({ thread, action, blocks }) => {
    const lock = locks.get(action.lock?.key ?? '');
    if (lock === undefined || blocks <= lock.waiters.length) return [];
    return tell(
      { id: blocksOthers.id, severity: blocks >= settings['logjam.longWaitThreads'] ? 'warning' : blocksOthers.severity },
      'blocks-other-threads',
      { thread: thread.name, lock: lockFacts(lock), at: standsAt(thread), waiters: blocks },
      { certainty: 'proved', key: ['thread', 'at'], span: action.span },
    );
  });
}
