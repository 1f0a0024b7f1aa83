import type { Field } from '../fields.ts';
import type { ContainerRow, ContainerState, PodEvent, PodRow } from '../model/kubernetes.ts';
import { base, type RestReader } from '../readers/reader.ts';
import { bytesOf, coresOf, timeOf } from './units.ts';

/** A list of `kubectl get -o json|yaml`, or one object. */
function objectsOf(root: Field, kind: string): Field[] {
  const all = root.get('items').isList ? root.get('items').items() : [root];
  return all.filter((item) => (item.get('kind').text ?? (root.get('kind').text === `${kind}List` ? kind : null)) === kind);
}

const isObject = (root: Field): boolean => /^(?:v1|events\.k8s\.io\/v1)$/.test(root.get('apiVersion').text ?? '');

export const pods: RestReader<'pods'> = {
  type: 'pods',
  fits: (root) => isObject(root) && objectsOf(root, 'Pod').some((pod) => pod.get('status').has('phase')),
  read: (root, place) => ({ ...base('pods', place), pods: objectsOf(root, 'Pod').map(pod) }),
  samples: [
    '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"flink-taskmanager-1-1"},"spec":{"containers":[]},"status":{"phase":"Running","containerStatuses":[]}}]}',
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"flink-taskmanager-1-1"},"status":{"phase":"Failed","reason":"Evicted"}}',
  ],
  nearMisses: [
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[]}}',
    '{"apiVersion":"apps/v1","kind":"Deployment","status":{"phase":"x"}}',
  ],
};

export const podEvents: RestReader<'pod-events'> = {
  type: 'pod-events',
  fits: (root) => isObject(root) && objectsOf(root, 'Event').some((event) => event.has('reason')),
  read: (root, place) => ({ ...base('pod-events', place), events: objectsOf(root, 'Event').map(event) }),
  samples: [
    '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Event","type":"Warning","reason":"BackOff","message":"Back-off restarting failed container","involvedObject":{"kind":"Pod","name":"flink-taskmanager-1-1"},"count":3}]}',
  ],
  nearMisses: ['{"apiVersion":"v1","kind":"Event"}', '{"kind":"Event","reason":"x"}'],
};

function pod(item: Field): PodRow {
  const [metadata, spec, status] = [item.get('metadata'), item.get('spec'), item.get('status')];
  const limits = new Map(
    spec
      .get('containers')
      .items()
      .map((one) => [one.get('name').text ?? '', one.get('resources').get('limits')]),
  );
  const name = metadata.get('name');
  const condition = status
    .get('conditions')
    .items()
    .find((one) => one.get('type').text === 'PodScheduled' && one.get('status').text === 'False');
  return {
    name: name.text ?? '',
    namespace: metadata.get('namespace').words,
    node: spec.get('nodeName').words,
    ip: status.get('podIP').words,
    labels: metadata.get('labels').texts(),
    phase: status.get('phase').words,
    reason: status.get('reason').words,
    message: status.get('message').words,
    started: timeOf(status.get('startTime').text),
    containers: [...status.get('initContainerStatuses').items(), ...status.get('containerStatuses').items()].map((one) => container(one, limits)),
    unschedulable: condition === undefined ? null : (condition.get('message').words ?? condition.get('reason').words),
    events: [],
    span: item.span,
    nameSpan: name.span,
  };
}

function container(item: Field, limits: ReadonlyMap<string, Field>): ContainerRow {
  const name = item.get('name').text ?? '';
  const limit = limits.get(name);
  return {
    name,
    image: item.get('image').words,
    restarts: item.get('restartCount').amount,
    ready: item.get('ready').flag,
    state: state(item.get('state')),
    last: state(item.get('lastState')),
    memoryLimit: bytesOf(limit?.get('memory').text ?? null),
    cpuLimit: coresOf(limit?.get('cpu').text ?? null),
    span: item.span,
  };
}

const STATES = ['running', 'waiting', 'terminated'] as const;

function state(field: Field): ContainerState | null {
  for (const name of STATES) {
    const one = field.get(name);
    if (!one.isObject) continue;
    return {
      state: name,
      reason: one.get('reason').words,
      message: one.get('message').words,
      exitCode: one.get('exitCode').number,
      signal: one.get('signal').amount,
      started: timeOf(one.get('startedAt').text),
      finished: timeOf(one.get('finishedAt').text),
      span: one.span,
    };
  }
  return null;
}

function event(item: Field): PodEvent {
  const about = item.get('involvedObject', 'regarding');
  const [kind, name] = [about.get('kind').text, about.get('name').text];
  return {
    eventType: item.get('type').words,
    reason: item.get('reason').words,
    message: item.get('message', 'note').words,
    object: name === null ? null : `${kind ?? 'Object'}/${name}`,
    count: item.get('count').amount ?? item.get('series').get('count').amount,
    first: timeOf(item.get('firstTimestamp').text ?? item.get('eventTime').text),
    last: timeOf(item.get('lastTimestamp').text ?? item.get('series').get('lastObservedTime').text ?? item.get('eventTime').text),
    age: null,
    span: item.span,
  };
}
