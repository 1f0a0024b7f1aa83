import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import type { LogAnalysis } from '../../../../server/src/core/analysis/log/model.ts';
import { failuresIn } from '../../../../server/src/core/analysis/rest/model.ts';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { analyseLogSet } from '../../../../server/src/core/kinds/logSet.ts';
import { parseRest } from '../../../../server/src/core/rest/parse.ts';
import { causeText, verdictText } from '../../../../server/src/core/rules/log/words.ts';
import { read } from '../../log/helpers.ts';

const OPTIONS = { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT };
const JOB = 'cccccccccccccccccccccccccccccccc';
const id = (subtask: number, attempt = 0) => `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb1_${subtask}_${attempt}`;
const record = (clock: string, logger: string, message: string, ...trace: string[]) =>
  `${[`2031-05-06 ${clock},000 INFO  org.apache.flink.runtime.${logger} [] - ${message}`, ...trace].join('\n')}\n`;
const job = (clock: string, from: string, to: string, ...trace: string[]) =>
  record(clock, 'executiongraph.ExecutionGraph', `Job shop (${JOB}) switched from state ${from} to ${to}.`, ...trace);
const task = (clock: string, subtask: number, from: string, to: string, ...trace: string[]) =>
  record(
    clock,
    'executiongraph.ExecutionGraph',
    `Map (${subtask + 1}/2) (${id(subtask)}) switched from ${from} to ${to}${to === 'FAILED' ? ' on tm-1 @ host (dataPort=1)' : ''}.`,
    ...trace,
  );
const FRAME = '\tat org.shop.A.a(A.java:1)';
const SILENT = ['java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id tm-1 timed out.', FRAME];
const NO_SLOTS = [
  'org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.',
  FRAME,
];
const file = (name: string, text: string) => ({ name, uri: `file:///${name}`, text });
const told = ({ failures }: LogAnalysis) =>
  failures.episodes.map((one) => [one.first.consequence ?? (one.first.cause && causeText(one.first.cause)), one.outcome]);
const verdict = ({ failures }: LogAnalysis) => {
  const episode = failures.episodes.find(({ first }) => first === failures.first);
  return episode === undefined ? '' : verdictText(episode);
};

describe('outages and restarts', () => {
  it('a restart that began is told; what fails while it is under way is another failure', async () => {
    const begun = job('08:00:00', 'CREATED', 'RUNNING') + job('08:01:00', 'RUNNING', 'RESTARTING', 'java.io.IOException: file is gone', FRAME);
    assert.deepEqual(told(await read(begun)), [['java.io.IOException: file is gone', 'restarting']]);
    const again = await read(
      begun + job('08:01:01', 'RESTARTING', 'FAILING', 'java.lang.IllegalStateException: no stock', FRAME) + job('08:01:02', 'FAILING', 'FAILED'),
    );
    assert.deepEqual(told(again), [
      ['java.io.IOException: file is gone', 'restarting'],
      ['java.lang.IllegalStateException: no stock', 'failed'],
    ]);
  });

  it('slots that are missing because a TaskManager is lost follow from that; a new TaskManager ends it', async () => {
    const lost =
      job('08:00:00', 'CREATED', 'RUNNING') +
      task('08:01:00', 0, 'RUNNING', 'FAILED', ...SILENT) +
      job('08:01:00', 'RUNNING', 'RESTARTING') +
      job('08:01:01', 'RESTARTING', 'RUNNING');
    const missing = record(
      '08:06:01',
      'executiongraph.ExecutionGraph',
      `Map (1/2) (${id(0, 1)}) switched from SCHEDULED to FAILED on [unassigned resource].`,
      ...NO_SLOTS,
    );
    const analysis = await read(lost + missing);
    assert.deepEqual(
      told(analysis).map(([reason]) => reason),
      ['peer-silent', 'slots-lost'],
    );
    assert.match(verdict(analysis), /^Lost contact with TaskManager tm-1; read its log\./);
    const registered = record(
      '08:02:00',
      'resourcemanager.ResourceManager',
      'Registering TaskManager with ResourceID tm-2 (akka.tcp://flink@h:1/user/rpc/t_0) at ResourceManager',
    );
    assert.match(verdict(await read(lost + registered + missing)), /^First failure: Could not acquire the minimum required resources/);
  });

  it('the ResourceManager tells that a TaskManager is gone, as since 2.0: a symptom', async () => {
    const gone = [
      'org.apache.flink.runtime.resourcemanager.exceptions.ResourceManagerException: TaskManager with id tm-1 is no longer reachable.',
      FRAME,
    ];
    const analysis = await read(job('08:00:00', 'CREATED', 'RUNNING') + task('08:01:00', 0, 'RUNNING', 'FAILED', ...gone));
    assert.match(verdict(analysis), /^Lost contact with TaskManager tm-1; read its log\./);
  });

  it('answers of the REST API and logs are one history: an earlier loss stays the first', async () => {
    const at = (clock: string) => Date.parse(`2031-05-06T${clock}.000Z`);
    const exceptions = JSON.stringify({
      'root-exception': NO_SLOTS.join('\n'),
      exceptionHistory: {
        entries: [
          { exceptionName: 'x', stacktrace: NO_SLOTS.join('\n'), timestamp: at('08:06:01'), taskName: null },
          { exceptionName: 'x', stacktrace: SILENT.join('\n'), timestamp: at('08:01:00'), taskName: null },
        ],
      },
    });
    const log = job('08:05:00', 'RESTARTING', 'RUNNING') + job('08:06:01', 'RUNNING', 'RESTARTING', ...NO_SLOTS);
    const analysis = await analyseLogSet(
      [
        file('jobmanager.log', log),
        { ...file('exceptions.json', exceptions), exceptions: failuresIn(await parseRest(exceptions, OPTIONS.checkpoint)) },
      ],
      OPTIONS,
    );
    assert.deepEqual(
      told(analysis).map(([reason]) => reason),
      ['peer-silent', 'slots-lost'],
    );
    assert.match(verdict(analysis), /TaskManager tm-1; read its log\./);
  });

  it('both sides tell of one outage: one failure', async () => {
    const manager =
      job('08:00:00', 'CREATED', 'RUNNING') +
      task('08:01:00', 0, 'RUNNING', 'FAILED', ...SILENT) +
      job('08:01:00', 'RUNNING', 'RESTARTING') +
      task('08:01:00', 1, 'RUNNING', 'CANCELED') +
      job('08:01:01', 'RESTARTING', 'RUNNING');
    const worker = record(
      '08:01:20',
      'taskmanager.Task',
      `Map (2/2)#0 (${id(1)}) switched from RUNNING to FAILED with failure cause:`,
      `org.apache.flink.util.FlinkException: Disconnect from JobManager responsible for ${JOB}.`,
      FRAME,
    );
    const analysis = await analyseLogSet([file('jobmanager.log', manager), file('taskmanager.log', worker)], OPTIONS);
    assert.equal(analysis.failures.episodes.length, 1);
  });

  it('what a crash, the container runtime and the JobManager tell of one end is one failure', async () => {
    const crash =
      '# A fatal error has been detected by the Java Runtime Environment:\n#\n#  SIGSEGV (0xb) at pc=0x1, pid=1, tid=2\n#\n# Problematic frame:\n# C  [libfoo.so+0x1]\n';
    const worker = record('08:00:59', 'taskexecutor.TaskExecutor', 'Heartbeat') + crash;
    const manager =
      job('08:00:00', 'CREATED', 'RUNNING') +
      record(
        '08:01:01',
        'resourcemanager.active.ActiveResourceManager',
        'Worker tm-1 is terminated. Diagnostics: Pod terminated, container termination statuses: [main(exitCode=134, reason=Error, message=null)]',
      ) +
      task(
        '08:01:02',
        0,
        'RUNNING',
        'FAILED',
        'org.apache.flink.runtime.jobmaster.JobMasterException: TaskManager with id tm-1 is no longer reachable.',
        FRAME,
      );
    const analysis = await analyseLogSet([file('jobmanager.log', manager), file('taskmanager.log', worker)], OPTIONS);
    assert.equal(analysis.failures.episodes.length, 1);
    assert.match(verdict(analysis), /^The JVM crashed with SIGSEGV in libfoo\.so\./);
  });
});
