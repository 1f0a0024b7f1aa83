import { mapIciclePlaces } from '../../../../common/icicle.ts';
import { rankContention } from '../analysis/threaddump/contention.ts';
import { findDeadlocks } from '../analysis/threaddump/deadlocks.ts';
import { allCallbacks } from '../analysis/threaddump/dumpCallbacks.ts';
import { diffDumps } from '../analysis/threaddump/dumpDiff.ts';
import { dumpVersion } from '../analysis/threaddump/dumpVersion.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../analysis/threaddump/model.ts';
import { buildWaitGraph } from '../analysis/threaddump/waits/build.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { settle } from '../findings.ts';
import type { Draft, Input, Options } from '../model.ts';
import { threadDumpRules } from '../rules/threaddump/index.ts';
import type { Thread, ThreadDump } from '../threaddump/model.ts';
import { parseDumps } from '../threaddump/parse.ts';
import { suggestionFromDump } from '../views/java/suggestion.ts';
import { callTree } from '../views/threaddump/callTree.ts';
import { dumpsCompared } from '../views/threaddump/comparison.ts';
import { diffFacts } from '../views/threaddump/diffFacts.ts';
import { diffText } from '../views/threaddump/diffText.ts';
import { dumpsDigest } from '../views/threaddump/digest.ts';
import { lockWaitGraph } from '../views/threaddump/lockWait.ts';
import { normalisedDump } from '../views/threaddump/normalise.ts';
import { readableDump } from '../views/threaddump/readable.ts';
import { threadDumpReport } from '../views/threaddump/report.ts';
import { stacksPage } from '../views/threaddump/stacks.ts';
import { threadDumpSummary } from '../views/threaddump/summary.ts';
import { dumpsVerdict } from '../views/threaddump/verdict.ts';
import { callTreeTitle } from '../views/threaddump/words.ts';
import { defineKind } from './kind.ts';

/** Thread dumps: parse, who waits for whom, cycles, ranking, rules. */
export const threadDumpKind = defineKind('thread-dump', {
  analyse: analyseThreadDump,
  summary: threadDumpSummary,
  digest: dumpsDigest,
  verdict: (analysis) => dumpsVerdict(analysis),
  // A cycle is seen at once in the graph. Without one the graph is empty or says little: then it is the stacks that tell.
  first: ({ dumps }) => (dumps.some(({ deadlocks }) => deadlocks.length > 0) ? 'lock-wait' : 'stacks'),
  graphs: { 'lock-wait': lockWaitGraph },
  documents: {
    icicle: ({ dumps }, range, parameters) => {
      const at = parameters?.dump ?? 0;
      const analysed = dumps[at];
      return analysed === undefined ? null : mapIciclePlaces(callTree(analysed, callTreeTitle(at + 1, dumps.length)), range);
    },
  },
  texts: {
    stacks: stacksPage,
    readable: ({ dumps }, { part }) => (dumps[part] === undefined ? null : readableDump(dumps[part].dump)),
    normalised: ({ dumps }, { part }) => (dumps[part] === undefined ? null : normalisedDump(dumps[part])),
    'suggested-change': ({ dumps }, { part }) => {
      const under = allCallbacks(dumps)[part];
      return under === undefined ? null : suggestionFromDump(under.callback, under.holder);
    },
  },
  diff: (one, other) => diffText(diffDumps([...one.dumps, ...other.dumps])),
  diffFacts: (one, other) => diffFacts(diffDumps([...one.dumps, ...other.dumps])),
  comparison: dumpsCompared,
  report: threadDumpReport,
});

async function analyseThreadDump(input: Input, { settings, checkpoint }: Options): Promise<ThreadDumpAnalysis> {
  const parsed = await parseDumps(input.text, checkpoint);
  const dumps: AnalysedDump[] = [];
  for (const dump of parsed.dumps) {
    if (checkpoint.due()) await checkpoint.pause();
    dumps.push(await analyseDump(dump, input.text, checkpoint));
  }
  const analysis: ThreadDumpAnalysis = {
    kind: 'thread-dump',
    dialect: parsed.dumps[0]?.dialect ?? 'unknown',
    flinkVersion: dumpVersion(parsed.dumps, dumps.flatMap(members), settings['logjam.flinkVersion']),
    problems: parsed.problems,
    findings: [],
    dumps,
    wrappers: parsed.wrappers,
  };
  const drafts: Draft[] = [];
  for (const rule of threadDumpRules) {
    if (checkpoint.due()) await checkpoint.pause();
    drafts.push(...rule.check(analysis, { settings, uri: input.uri }));
  }
  return { ...analysis, findings: settle(drafts, input.uri) };
}

/** What follows from one dump alone. */
async function analyseDump(dump: ThreadDump, text: string, checkpoint: Checkpoint): Promise<AnalysedDump> {
  const waits = await buildWaitGraph(dump, text, checkpoint);
  const deadlocks = await findDeadlocks(waits, checkpoint);
  return { dump, waits, deadlocks, contention: rankContention(waits, deadlocks) };
}

function members({ deadlocks, waits }: AnalysedDump): Thread[] {
  return deadlocks.flatMap(({ threads }) => threads.flatMap((threadIndex) => waits.threads[threadIndex]?.thread ?? []));
}
