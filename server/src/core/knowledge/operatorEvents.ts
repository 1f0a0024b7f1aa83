import type { LogEventKind } from './logEventKind.ts';

const OPERATOR: LogEventKind['sides'] = ['JM'];
/** AuditUtils prints events and states in columns; up to 1.7 without the component in brackets. */
const EVENT = '^>>> Event(?:\\[\\w+\\])?\\s*\\| ';
const STATUS = '^>>> Status(?:\\[\\w+\\])?\\s*\\| ';

/** What the Kubernetes operator of Flink tells in its own log of the jobs that it looks after. */
export const OPERATOR_EVENTS: readonly LogEventKind[] = [
  {
    id: 'operator-job-state',
    title: 'The job is FAILED, as the Kubernetes operator sees it',
    group: 'job',
    pattern: new RegExp(`${EVENT}Info\\s*\\| JOBSTATUSCHANGED\\s*\\| Job status changed from (?<from>[A-Z]+) to (?<to>FAILED)\\b`),
    starts: ['>>> Event'],
    sides: OPERATOR,
    versions: 'Flink Kubernetes operator 1.1 and newer',
    meaning: 'The operator asked the REST API and found the job FAILED. What made it fail stands in records beside it.',
    severity: 'error',
    remedy: 'The log of the JobManager says why; where its pod was started anew, kubectl logs --previous.',
    source: 'org.apache.flink.kubernetes.operator.observer.JobStatusObserver',
    samples: [
      '>>> Event[Job]       | Info    | JOBSTATUSCHANGED | Job status changed from RUNNING to FAILED',
      '>>> Event  | Info    | JOBSTATUSCHANGED | Job status changed from RECONCILING to FAILED',
    ],
    nearMisses: ['>>> Event[Job]       | Info    | JOBSTATUSCHANGED | Job status changed from CREATED to RUNNING'],
  },
  {
    id: 'operator-job-exception',
    title: 'The Kubernetes operator reports an exception of the job',
    group: 'job',
    pattern: new RegExp(`${EVENT}Warning\\s*\\| JOBEXCEPTION\\s*\\| (?<what>.*)`),
    starts: ['>>> Event'],
    sides: OPERATOR,
    versions: 'Flink Kubernetes operators newer than 1.7',
    meaning: 'An entry of /jobs/:jobid/exceptions that the operator had not reported yet, the newest first, with the first lines of its trace.',
    severity: 'error',
    source: 'org.apache.flink.kubernetes.operator.observer.JobStatusObserver',
    samples: ['>>> Event[Job]       | Warning | JOBEXCEPTION    | java.io.IOException: disk full'],
    nearMisses: ['>>> Event[Job]       | Warning | MISSING         | Job Not Found'],
  },
  {
    id: 'operator-job-failed',
    title: 'The job failed, with its last exception',
    group: 'job',
    pattern: /^Job (?<job>[0-9a-f]{32}) failed with error: (?<what>.*)/,
    starts: ['Job '],
    sides: OPERATOR,
    versions: 'Flink Kubernetes operator 1.1 and newer',
    meaning: 'What the operator was answered when it asked for the result of a job that is FAILED.',
    severity: 'error',
    source: 'org.apache.flink.kubernetes.operator.observer.JobStatusObserver',
    samples: ['Job dd4f07c1f866b7afff42759d7a35de3f failed with error: org.apache.flink.runtime.JobException: Recovery is suppressed'],
    nearMisses: ['Job dd4f07c1f866b7afff42759d7a35de3f failed.'],
  },
  {
    id: 'operator-warning',
    title: 'The Kubernetes operator warns of a job or its cluster',
    group: 'job',
    pattern: new RegExp(`${EVENT}Warning\\s*\\| (?<reason>[A-Z]+)\\s*\\| (?<what>.*)`),
    starts: ['>>> Event'],
    sides: OPERATOR,
    versions: 'Flink Kubernetes operator 1.1 and newer',
    meaning: 'A warning event of the resource, as kubectl describe shows it too.',
    severity: 'error',
    source: 'org.apache.flink.kubernetes.operator.utils.EventRecorder',
    samples: [
      '>>> Event[Job]       | Warning | MISSING         | Job Not Found',
      '>>> Event  | Warning | VALIDATIONERROR | Cannot upgrade to savepoint',
    ],
    nearMisses: ['>>> Event[Job]       | Info    | SUBMIT          | Starting deployment'],
  },
  {
    id: 'operator-error',
    title: 'The Kubernetes operator reports an error in the state of a resource',
    group: 'job',
    pattern: new RegExp(`${STATUS}Error\\s*\\| (?<state>[A-Z_]+)\\s*\\| (?<error>.*)`),
    starts: ['>>> Status'],
    sides: OPERATOR,
    versions: 'Flink Kubernetes operator 1.1 and newer',
    meaning: 'The field status.error of the resource: the exception with those that caused it, as JSON or as text.',
    severity: 'error',
    remedy: 'kubectl describe of the resource shows its error and its events; the log of the JobManager says what happened before.',
    source: 'org.apache.flink.kubernetes.operator.listener.AuditUtils',
    samples: ['>>> Status[Job]      | Error   | FAILED          | {"type":"java.io.IOException","message":"x","throwableList":[]} '],
    nearMisses: ['>>> Status[Job]      | Info    | STABLE          | The resource deployment is considered to be stable '],
  },
];
