import assert from 'node:assert/strict';
import { read } from '../../log/helpers.ts';
import { fails, record, saidOf } from './failing.ts';

const POD = 'Pod terminated, container termination statuses: ';
const main = (status: string, message = 'null') => `flink-main-container(${status}, message=${message})`;

/** What Kubernetes and YARN say of an end, in the exception that Flink makes of it; what the headline then says, and the advice. */
const ENDS: readonly { said: string; headline: RegExp; advice: RegExp; never?: RegExp }[] = [
  {
    said: `${POD}[${main('exitCode=143, reason=Error')}]`,
    headline: /told to stop from outside \(exit code 143, SIGTERM\)$/,
    advice: /Who sent the signal/,
  },
  { said: `${POD}[${main('exitCode=239, reason=Error')}]`, headline: /handler of fatal errors/, advice: /its last ERROR record/ },
  {
    said: `${POD}[${main('exitCode=143, reason=Error')}], pod status: Failed(reason=Evicted, message=The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available: 2Mi. )`,
    headline: /^The container was evicted from its node: The node was low on resource: ephemeral-storage/,
    advice: /^The disk of the node was short/,
    never: /dmesg|heartbeat|limit-factor/,
  },
  {
    said: `${POD}[${main('exitCode=137, reason=Error')}], pod status: Failed(reason=Evicted, message=The node was low on resource: memory. )`,
    headline: /^The container was evicted from its node: The node was low on resource: memory$/,
    advice: /^The memory of the node was short/,
    never: /ephemeral/,
  },
  {
    said: `${POD}[${main('exitCode=137, reason=ContainerStatusUnknown', 'The container could not be located when the pod was terminated')}], pod status: Failed(reason=Evicted, message=Pod ephemeral local storage usage exceeds the total limit of containers 10Gi. )`,
    headline: /^The container was evicted from its node: Pod ephemeral local storage/,
    advice: /^The pod wrote more than its own limit/,
  },
  {
    said: `${POD}[], pod status: Failed(reason=Terminated, message=Pod was terminated in response to imminent node shutdown.)`,
    headline: /^The container went down with its node$/,
    advice: /^Look at the node/,
  },
  {
    said: `${POD}[], pod status: Failed(reason=OutOfcpu, message=Pod Node didn't have enough resource: cpu, requested: 4000, used: 13000, capacity: 16000)`,
    headline: /^The container was refused by its node: Pod Node didn't have enough resource/,
    advice: /kubectl describe node/,
  },
  { said: `${POD}[]`, headline: /^The container was deleted from Kubernetes while it ran$/, advice: /^Who deleted the pod/ },
  {
    said: `${POD}[fluent-bit(exitCode=1, reason=Error, message=null)]`,
    headline: /^The container ended because another container of its pod did: fluent-bit$/,
    advice: /any of its containers/,
  },
  {
    said: `${POD}[fluent-bit(exitCode=1, reason=Error, message=null),${main('exitCode=143, reason=Error')}]`,
    headline: /exit code 143/,
    advice: /Who sent the signal/,
  },
  { said: 'Container released on a *lost* node', headline: /^The container went down with its node$/, advice: /^Look at the node/ },
  {
    said: 'Container container_1_2_01_000003 was preempted by yarn. Diagnostics: Container preempted by scheduler',
    headline: /^The container was preempted by the scheduler$/,
    advice: /^Priority/,
  },
  {
    said: 'Container container_1_2_01_000003 marked as failed.\n Exit code:-101.\n Diagnostics:Node disks bad',
    headline: /the disks of its node are bad or full/,
    advice: /NodeManager/,
  },
  { said: 'Pod is terminated.', headline: /^The container ended; why is not said$/, advice: /kubectl describe pod/ },
];

describe('the end of a container, in the exception that Flink makes of it', () => {
  for (const { said, headline, advice, never } of ENDS) {
    it(said.slice(0, 120), async () => {
      for (const thrown of [
        `java.lang.Exception: ${said}`,
        `org.apache.flink.util.FlinkException: TaskExecutor was lost.\nCaused by: java.lang.Exception: ${said}`,
      ]) {
        const told = await saidOf(fails(...thrown.split('\n')));
        assert.match(told.headline, headline);
        assert.match(told.advice[0] ?? '', advice);
        if (never !== undefined) assert.doesNotMatch(told.advice.join('\n'), never);
      }
    });
  }

  it('one that was killed for its memory is told as that', async () => {
    for (const said of [
      `${POD}[${main('exitCode=137, reason=OOMKilled')}]`,
      `${POD}[istio-proxy(exitCode=0, reason=Completed, message=null),${main('exitCode=137, reason=OOMKilled')}]`,
    ]) {
      const { failures, memory } = await read(fails(`java.lang.Exception: ${said}`));
      assert.deepEqual(failures.first?.cause, { code: 'container-killed', facts: { limit: null, oom: true, exitCode: null } });
      assert.deepEqual(
        memory.map(({ pool }) => pool),
        ['container'],
      );
    }
  });

  it('one that was evicted, or whose status Kubernetes has lost, is not taken for one that used too much memory', async () => {
    for (const status of [
      `[${main('exitCode=137, reason=Error')}], pod status: Failed(reason=Evicted, message=The node had condition: [DiskPressure]. )`,
      `[${main('exitCode=137, reason=ContainerStatusUnknown', 'The container could not be located when the pod was deleted')}]`,
      '[fluent-bit(exitCode=137, reason=OOMKilled, message=null)]',
    ]) {
      const worker = record(10, 'resourcemanager.active.ActiveResourceManager', `Worker tm-1 is terminated. Diagnostics: ${POD}${status}`);
      const { failures, memory } = await read(`${worker}${fails(`java.lang.Exception: ${POD}${status}`)}`);
      assert.deepEqual(memory, []);
      assert.equal(failures.first?.cause?.code, 'process-ended');
    }
  });
});
