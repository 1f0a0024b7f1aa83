import type { Field } from '../fields.ts';
import type { OtherWhat } from '../model.ts';
import { base, hasAll, isId, type RestReader } from './reader.ts';

/** What else the API answers, by its keys: known, so that nobody is told that it is not. */
const KNOWN: readonly [OtherWhat, (root: Field) => boolean][] = [
  ['accumulators', (root) => root.has('user-accumulators') || root.has('job-accumulators')],
  ['log-list', (root) => root.get('logs').items().length > 0 && hasAll(root.get('logs').items()[0] as Field, 'name', 'size')],
  ['applications', (root) => root.get('applications').isList || (isId(root.get('id').text) && hasAll(root, 'jobs', 'timestamps', 'status'))],
  ['rescales', (root) => root.has('rescaleCounts') || root.has('rescalesHistory') || root.has('latestRescales')],
  [
    'requirements',
    (root) => root.entries().length > 0 && root.entries().every(([id, value]) => isId(id) && value.get('parallelism').has('upperBound')),
  ],
  ['profiles', (root) => root.get('profilingList').isList],
  [
    'job-status',
    (root) =>
      root.entries().length === 1 &&
      /^(?:INITIALIZING|CREATED|RUNNING|FAILING|FAILED|CANCELLING|CANCELED|FINISHED|RESTARTING|SUSPENDED|RECONCILING)$/.test(
        root.get('status').text ?? '',
      ),
  ],
];

export const other: RestReader<'other'> = {
  type: 'other',
  fits: (root) => KNOWN.some(([, fits]) => fits(root)),
  read: (root, place) => ({ ...base('other', place), what: KNOWN.find(([, fits]) => fits(root))?.[0] ?? 'unknown' }),
  samples: [
    '{"id":"9dd63673dd41ea021b896d5203f3ba7c","user-accumulators":[]}',
    '{"job-accumulators":[],"user-task-accumulators":[],"serialized-user-task-accumulators":{}}',
    '{"logs":[{"name":"taskmanager.log","size":43302,"mtime":1}]}',
    '{"applications":[]}',
    '{"9dd63673dd41ea021b896d5203f3ba7c":{"parallelism":{"lowerBound":1,"upperBound":4}}}',
    '{"profilingList":[]}',
    '{"status":"RUNNING"}',
  ],
  nearMisses: ['{"status":"ok"}', '{"logs":["a"]}', '{}'],
};
