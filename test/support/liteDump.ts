// What Flink 2.4 answers to /thread-dump?mode=lite, made of a whole dump.

export interface ThreadDumpAnswer {
  threadInfos: { threadName: string; stringifiedThreadInfo: string }[];
}

/** As `dumpAllThreads(false, false)` gives it: neither monitors at frames nor synchronizers below them. */
export const lite = ({ threadInfos }: ThreadDumpAnswer): ThreadDumpAnswer => ({
  threadInfos: threadInfos.map(({ threadName, stringifiedThreadInfo: whole }) => ({
    threadName,
    stringifiedThreadInfo: whole
      .replace(/\n\s*Number of locked synchronizers = \d+(?:\n\s*- .*)*/g, '')
      .split('\n')
      .filter((line) => !/^\s*-\s+locked /.test(line))
      .join('\n'),
  })),
});
