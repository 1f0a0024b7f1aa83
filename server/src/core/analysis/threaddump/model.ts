import type { AnalysisBase } from '../../model.ts';
import type { ThreadDump } from '../../threaddump/model.ts';
import type { Contention } from './contention.ts';
import type { Deadlock } from './deadlockModel.ts';
import type { WaitGraph } from './waits/model.ts';

/** core/analysis/ adds what follows from a dump. */
export interface ThreadDumpAnalysis extends AnalysisBase<'thread-dump'> {
  dumps: AnalysedDump[];
  wrappers: string[];
}

export interface AnalysedDump {
  dump: ThreadDump;
  waits: WaitGraph;
  deadlocks: Deadlock[];
  contention: Contention[];
}
