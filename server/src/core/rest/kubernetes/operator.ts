import type { Source } from '../../unwrap/source.ts';
import { Field } from '../fields.ts';
import { NO_SUBJECT } from '../model/document.ts';
import type { OperatorDocument, OperatorResourceRow } from '../model/kubernetes.ts';
import { base, type RestReader } from '../readers/reader.ts';
import { errorOf, isOperatorError, operatorError } from './operatorError.ts';

const GROUP = /^flink\.apache\.org\//;
const KINDS = /^Flink(?:Deployment|SessionJob|StateSnapshot)$/;

/** A list of `kubectl get -o json|yaml`, or one object. */
function objectsOf(root: Field): Field[] {
  const all = root.get('items').isList ? root.get('items').items() : [root];
  return all.filter(
    (item) => GROUP.test(item.get('apiVersion').text ?? '') && KINDS.test(item.get('kind').text ?? '') && item.get('status').isObject,
  );
}

/** Custom resources of Flink's Kubernetes operator, and an error of one that was copied alone. */
export const operator: RestReader<'operator'> = {
  type: 'operator',
  fits: (root) => objectsOf(root).length > 0 || isOperatorError(root),
  read: (root, place) => ({ ...base('operator', place), resources: isOperatorError(root) ? [alone(root)] : objectsOf(root).map(resource) }),
  samples: [
    '{"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"orders"},"status":{"error":"","lifecycleState":"STABLE"}}',
    '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkSessionJob","metadata":{"name":"a"},"status":{"error":"a.B: c"}}]}',
    '{"type":"org.apache.flink.kubernetes.operator.exception.ReconciliationException","message":"a","additionalMetadata":{},"throwableList":[]}',
  ],
  nearMisses: [
    '{"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"orders"},"spec":{}}',
    '{"apiVersion":"flinkoperator.k8s.io/v1beta1","kind":"FlinkCluster","status":{"state":"Running"}}',
    '{"type":"record","message":"a","additionalMetadata":{}}',
    '{"type":"java.lang.Exception","message":"a"}',
  ],
};

function resource(item: Field): OperatorResourceRow {
  const [metadata, status] = [item.get('metadata'), item.get('status')];
  const name = metadata.get('name');
  return {
    kind: item.get('kind').text ?? '',
    name: name.words,
    namespace: metadata.get('namespace').words,
    flinkVersion: item.get('spec').get('flinkVersion').words,
    jobManager: status.get('jobManagerDeploymentStatus').words,
    jobState: status.get('jobStatus').get('state').words ?? status.get('state').words,
    lifecycle: status.get('lifecycleState').words,
    error: operatorError(status.get('error')),
    span: item.span,
    nameSpan: name.span,
  };
}

const NOTHING = { kind: 'FlinkDeployment', name: null, namespace: null, flinkVersion: null, jobManager: null, jobState: null, lifecycle: null };

function alone(root: Field): OperatorResourceRow {
  return { ...NOTHING, error: errorOf(root), span: root.span, nameSpan: root.span };
}

/** `kubectl describe flinkdeployment`: the group and the kind at the margin, and a status. */
export const DESCRIBED_RESOURCE = /^API Version: {2,}flink\.apache\.org\/\S+[ \t]*\r?\nKind: {2,}Flink\w+/m;

/** One value a line: its key at its depth. What Kubernetes makes of keys: "jobManagerDeploymentStatus" becomes "Job Manager Deployment Status". */
const VALUE = /^( {0,40})([A-Z][A-Za-z ]{0,60}):(?:[ \t]+(\S[^\n]*))?$/;

/** The resource of a text of `kubectl describe`. */
export function describedResource(source: Source): OperatorDocument | null {
  const { text } = source;
  if (!DESCRIBED_RESOURCE.test(text)) return null;
  const found = new Map<string, { value: string; start: number; end: number }>();
  let section = '';
  let start = 0;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    const [, blanks = '', key = '', value = ''] = VALUE.exec(line) ?? [];
    if (key !== '' && blanks === '') section = key;
    const path = blanks === '' ? key : `${section}/${key}`;
    if (value !== '' && !found.has(path)) found.set(path, { value, start: start + line.length - value.length, end: start + line.length });
    start += raw.length + 1;
  }
  const value = (path: string): string | null => found.get(path)?.value ?? null;
  const error = found.get('Status/Error');
  const name = found.get('Name');
  const whole = source.span(0, text.length);
  const row: OperatorResourceRow = {
    kind: value('Kind') ?? '',
    name: name?.value ?? null,
    namespace: value('Namespace'),
    flinkVersion: value('Spec/Flink Version'),
    jobManager: value('Status/Job Manager Deployment Status'),
    // "State" stands also in the specification, which is what was asked for.
    jobState: value('Status/State'),
    lifecycle: value('Status/Lifecycle State'),
    error:
      error === undefined
        ? null
        : operatorError(new Field(source, { kind: 'string', start: error.start, end: error.end, escaped: false, value: error.value })),
    span: whole,
    nameSpan: name === undefined ? whole : source.span(name.start, name.end),
  };
  return { type: 'operator', span: whole, path: null, subject: NO_SUBJECT, resources: [row] };
}
