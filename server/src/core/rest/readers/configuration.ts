import { base, hasAll, type RestReader } from './reader.ts';

/** First words of Flink's options; a list of keys and values with none of them is anything. */
const OPTION =
  /^(?:jobmanager|taskmanager|jobstore|rest|web|state|execution|parallelism|restart-strategy|heartbeat|high-availability|kubernetes|yarn|metrics|historyserver|blob|security|pekko|akka|classloader|cluster|pipeline|table|env|io|fs|slot|slotmanager|resourcemanager|task|client|job|jobmanager-based|process|python|queryable-state|traces|events|s3|historyserver|\$internal)\.[\w.-]+$/;

export const configuration: RestReader<'configuration'> = {
  type: 'configuration',
  fits: (root) => {
    const items = root.items();
    return items.length > 0 && items.every((item) => hasAll(item, 'key', 'value')) && items.some((item) => OPTION.test(item.get('key').text ?? ''));
  },
  read: (root, place) => ({
    ...base('configuration', place),
    of: 'jobmanager',
    settings: root
      .items()
      .map((item) => [item.get('key'), item.get('value')] as const)
      .map(([key, value]) => ({ key: key.text ?? '', value: value.text ?? '', keySpan: key.span, valueSpan: value.span })),
  }),
  samples: ['[{"key":"heartbeat.timeout","value":"10000"},{"key":"taskmanager.numberOfTaskSlots","value":"4"}]'],
  nearMisses: ['[{"key":"team","value":"a"}]', '[{"Key":"heartbeat.timeout","Value":"1"}]'],
};
