import type { Field } from '../fields.ts';
import type { FlameGraphDocument, FlameNode, MetricRow, PressureLevel } from '../model/load.ts';
import { base, type RestReader, upper } from './reader.ts';

const LEVELS: readonly PressureLevel[] = ['ok', 'low', 'high'];

/** "backpressure-level" is the older spelling; newer versions print both. */
export const backPressure: RestReader<'back-pressure'> = {
  type: 'back-pressure',
  fits: (root) =>
    root.get('status').text === 'deprecated' ||
    (root.has('status') && (root.has('backpressureLevel') || root.has('backpressure-level')) && !root.has('jid')),
  read: (root, place) => ({
    ...base('back-pressure', place),
    status: root.get('status').words,
    level: upper(root.get('backpressureLevel', 'backpressure-level').text, LEVELS),
    end: root.get('end-timestamp').time,
    subtasks: root
      .get('subtasks')
      .items()
      .filter((item) => item.isObject)
      .map((item, index) => ({
        subtask: item.get('subtask').amount ?? index,
        level: upper(item.get('backpressureLevel', 'backpressure-level').text, LEVELS),
        ratio: item.get('ratio').amount,
        idle: item.get('idleRatio').amount,
        busy: item.get('busyRatio').amount,
        span: item.span,
      })),
  }),
  samples: [
    '{"status":"ok","backpressure-level":"high","end-timestamp":1795211005362,"subtasks":[{"subtask":0,"backpressure-level":"high","ratio":1.0,"idleRatio":0.002,"busyRatio":0.0}]}',
    '{"status":"ok","backpressureLevel":"ok","end-timestamp":1,"subtasks":[{"subtask":0,"backpressureLevel":"ok","ratio":0.0,"idleRatio":0.0,"busyRatio":"NaN","backpressure-level":"ok"}],"backpressure-level":"ok"}',
    '{"status":"deprecated"}',
    '{"status":"deprecated","backpressureLevel":null,"end-timestamp":null,"subtasks":null,"backpressure-level":null}',
  ],
  nearMisses: ['{"status":"ok","subtasks":[]}'],
};

/** Names that Flink gives its metrics, behind the last dot or with their groups; a list with none of them is anything. */
const NAME =
  /^(?:num(?:Records|Bytes|Buffers|LateRecords|FiredTimers|Running|Restarts|Registered)\w*|(?:busy|idle|backPressured|softBackPressured|hardBackPressured|initializationTime)\w*|current(?:In|Out)put\d?Watermark|isBackPressured|checkpoint(?:StartDelayNanos|AlignmentTime)|lastCheckpoint\w+|totalNumberOfCheckpoints|numberOf\w+Checkpoints|fullRestarts|downtime|uptime|(?:in|out)(?:put|Put)(?:QueueLength|PoolUsage|QueueSize)|taskSlots(?:Available|Total)|mailbox\w+|changelog\w+)$/;
const GROUP = /(?:^|\.)(?:Status\.(?:JVM|Flink)|Shuffle\.Netty)\.[A-Z]/;

const isMetric = (id: string): boolean => GROUP.test(id) || NAME.test(id.slice(id.lastIndexOf('.') + 1));

export const metrics: RestReader<'metrics'> = {
  type: 'metrics',
  fits: (root) =>
    root.items().length > 0 &&
    root.items().every((item) => item.has('id') && !item.has('name')) &&
    root.items().some((item) => isMetric(item.get('id').text ?? '')),
  read: (root, place) => ({ ...base('metrics', place), metrics: root.items().map(metric) }),
  samples: [
    '[{"id":"busyTimeMsPerSecond","min":993.0,"max":996.0,"avg":995.0,"sum":3980.0,"skew":0.1}]',
    '[{"id":"0.numRecordsIn"},{"id":"0.Shuffle.Netty.Input.Buffers.inPoolUsage"}]',
    '[{"id":"Status.JVM.Memory.Heap.Used","value":"1234"}]',
    '[{"id":"1.Sink__orders.currentInputWatermark","value":"-9223372036854775808"}]',
  ],
  nearMisses: ['[{"id":"a","value":"b"}]', '[]', '[{"id":1,"name":"uptime"}]'],
};

function metric(item: Field): MetricRow {
  const value = item.get('value');
  return {
    id: item.get('id').text ?? '',
    value: value.number,
    text: value.number === null ? value.text : null,
    min: item.get('min').number,
    max: item.get('max').number,
    avg: item.get('avg').number,
    sum: item.get('sum').number,
    skew: item.get('skew').number,
    span: item.span,
  };
}

const EMPTY: Record<number, FlameGraphDocument['empty']> = { [-1]: 'ended', [-2]: 'disabled', [-3]: 'waiting' };
/** Frames that are kept, the ones with most samples first where there are more below one. */
const MAX_CHILDREN = 50;
const DEEPEST = 200;

export const flameGraph: RestReader<'flame-graph'> = {
  type: 'flame-graph',
  fits: (root) =>
    root.has('endTimestamp') && (root.get('data').has('children') || (root.entries().length <= 2 && (root.get('endTimestamp').number ?? 0) < 0)),
  read(root, place) {
    const end = root.get('endTimestamp').number;
    const data = root.get('data');
    return {
      ...base('flame-graph', place),
      empty: (end === null ? null : EMPTY[end]) ?? null,
      end: end !== null && end > 0 ? end : null,
      root: data.isObject ? flame(data, 0) : null,
    };
  },
  samples: [
    '{"endTimestamp":1795955658861,"data":{"name":"root","value":100,"children":[{"name":"a.B.c:1","value":100,"children":[]}]}}',
    '{"endTimestamp":-2,"data":null}',
  ],
  nearMisses: ['{"endTimestamp":1,"data":[]}', '{"endTimestamp":1795955658861}'],
};

function flame(item: Field, depth: number): FlameNode {
  const children = depth >= DEEPEST ? [] : item.get('children').items();
  return {
    name: item.get('name').text ?? '',
    value: item.get('value').amount ?? 0,
    children: children
      .map((child): [Field, number] => [child, child.get('value').amount ?? 0])
      .sort((a, b) => b[1] - a[1])
      .slice(0, MAX_CHILDREN)
      .map(([child]) => flame(child, depth + 1)),
    span: item.get('name').span,
  };
}

export const environment: RestReader<'environment'> = {
  type: 'environment',
  fits: (root) => root.get('jvm').isObject && root.get('classpath').isList,
  read(root, place) {
    const jvm = root.get('jvm');
    return {
      ...base('environment', place),
      jvm: jvm.get('version').words,
      architecture: jvm.get('arch').words,
      options: jvm
        .get('options')
        .items()
        .flatMap((item) => item.text ?? []),
      classPath: root
        .get('classpath')
        .items()
        .flatMap((item) => item.text ?? []),
    };
  },
  samples: [
    '{"jvm":{"version":"OpenJDK 64-Bit Server VM - Eclipse Adoptium - 11/17.0.15+6","arch":"amd64","options":["-Xmx448m"]},"classpath":["/opt/flink/lib/flink-dist-2.3.0.jar"]}',
  ],
  nearMisses: ['{"jvm":"17","classpath":[]}', '{"jvm":{"version":"17"}}'],
};
