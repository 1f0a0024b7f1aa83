/** What a scenario is: which job runs on which cluster, how long, what is captured, and what a correct tool must find. */
import type { ClusterOptions } from './cluster.ts';
import type { Session } from './session.ts';
import type { Truth } from './truth.ts';
import type { Version } from './versions.ts';

/** Settings of Flink by their keys; `restart` stands for the restart strategy, whose key has changed with the versions. */
export type Settings = Record<string, string | number>;

interface Setup {
  what: string;
  /** A class of ours with a main method, and its arguments; null: nothing is submitted. */
  program: [entryClass: string, ...args: string[]] | null;
  cluster?: ClusterOptions;
  /** The job fails by itself, or never runs. */
  fails?: boolean;
  /** The only API that it can be built with. */
  api?: Version['api'];
  /** What not every version has. */
  needs?: 'reporters';
}

export interface Scenario extends Setup {
  /** Captures. Runs once all tasks run, or, when the job `fails`, once it was submitted. */
  record(session: Session): Promise<Truth>;
}

interface Parts<Facts> extends Setup {
  /** Captures, and answers with what must be known of this one run. */
  drive(session: Session): Promise<Facts>;
  /** The truth: from how the job was built and from Flink's own answers, never from Logjam. */
  expected(facts: Facts): Truth;
}

export function scenario<Facts>({ drive, expected, ...setup }: Parts<Facts>): Scenario {
  return { ...setup, record: async (session) => expected(await drive(session)) };
}
