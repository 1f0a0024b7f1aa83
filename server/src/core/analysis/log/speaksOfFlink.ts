import type { LogModel } from '../../log/model.ts';

/** Layouts that other systems use by default. What is written in any other may be the log of a Flink job. */
const OTHERS = new Set(['zookeeper', 'zookeeper-unlocated', 'hadoop', 'kafka', 'bracketed', 'spring-boot', 'other', 'java-util-logging', 'json']);
const FLINK = /flink|(?:^|\W)o\.a\.f\./i;

/**
 * Whether a log is Flink's. Spark, ZooKeeper and Kafka write records and exceptions that look the same, but their failures
 * are not those of a Flink job.
 */
export function speaksOfFlink(log: LogModel): boolean {
  if (log.layout === null || !OTHERS.has(log.layout)) return true;
  if (log.executions.length > 0 || log.jobs.length > 0 || log.process.component !== null) return true;
  if (log.records.some((record) => FLINK.test(record.logger ?? '') || FLINK.test(record.thread ?? '') || FLINK.test(record.message))) return true;
  return log.exceptions.some(({ chain }) =>
    chain.some((one) => FLINK.test(one.className ?? '') || FLINK.test(one.message ?? '') || one.frames.some((frame) => FLINK.test(frame.className))),
  );
}
