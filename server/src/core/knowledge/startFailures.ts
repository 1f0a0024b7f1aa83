import type { FailureCategory, NextStep } from './failureCategories.ts';
import { told } from './told.ts';

/** Why a process of Flink ended before it took any work, where nothing more telling is in the chain. */
export interface StartFailure {
  category: Extract<FailureCategory, 'configuration' | 'high-availability' | 'submission'>;
  /** Against "class: message" of every exception of the chain. */
  pattern?: RegExp;
  /** Instead of the pattern, against "class.method" of the frames of every exception of the chain. */
  frames?: RegExp;
  /** Of a JobManager only, and where Flink itself called the JDK: libraries of others look up names of others. */
  ownAddress?: true;
  next: readonly NextStep[];
  /** "class: message", or "at class.method" for frames. */
  samples: readonly string[];
  nearMisses: readonly string[];
}

/** Frames that only the start of a JobManager has: ClusterEntrypoint with what it creates. */
export const STARTING_MASTER =
  /^org\.apache\.flink\.runtime\.entrypoint\.(?:ClusterEntrypoint\.(?:startCluster|runCluster|initializeServices|runClusterEntrypoint)|component\.DefaultDispatcherResourceManagerComponentFactory\.create)$/;

/** Frames that only the start of a TaskManager has. */
export const STARTING_WORKER =
  /^org\.apache\.flink\.runtime\.taskexecutor\.TaskManagerRunner\.(?:start|startTaskManagerRunnerServices|runTaskManager)$/;

const OWN_ADDRESS: readonly NextStep[] = [
  {
    text: 'Its own address: jobmanager.rpc.address (taskmanager.host) must resolve, and jobmanager.bind-host (taskmanager.bind-host) must be an address of its machine or 0.0.0.0.',
  },
  {
    text: 'Its ports must be free, with no other process of Flink left over: jobmanager.rpc.port, rest.bind-port, blob.server.port, taskmanager.rpc.port, taskmanager.data.port.',
  },
];

/** The first that fits counts. */
export const START_FAILURES: readonly StartFailure[] = told([
  {
    category: 'configuration',
    pattern:
      /BindException|Cannot assign requested address|Address already in use|on any port in port range|in specified port range|UnresolvedAddressException/,
    next: OWN_ADDRESS,
    samples: [
      'java.net.BindException: Could not start actor system on any port in port range 6123',
      'java.io.IOException: Unable to open BLOB Server in specified port range: 6124',
    ],
    nearMisses: ['java.net.ConnectException: Connection refused'],
  },
  {
    category: 'configuration',
    pattern: /UnknownHostException/,
    ownAddress: true,
    next: OWN_ADDRESS,
    samples: ['java.net.UnknownHostException: flink-jm'],
    nearMisses: ['java.net.NoRouteToHostException: No route to host'],
  },
  {
    category: 'high-availability',
    pattern: /highly available storage|KeeperException|LeaderElection/,
    frames: /^org\.apache\.flink\.(?:runtime\.(?:highavailability|leaderelection|leaderretrieval|zookeeper)|kubernetes\.highavailability)\./,
    next: [
      { text: 'high-availability.storageDir: the process must reach it and may write to it.' },
      { text: 'ZooKeeper (high-availability.zookeeper.quorum) or the API server of Kubernetes must be reachable from the process.' },
    ],
    samples: [
      'java.io.IOException: Could not create FileSystem for highly available storage path (hdfs:/flink/ha)',
      'at org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils.createHighAvailabilityServices',
    ],
    nearMisses: ['java.io.IOException: x', 'at org.apache.flink.runtime.blob.BlobServer.start'],
  },
  {
    category: 'submission',
    pattern: /ActorSystem|actor system|Startup timed out/,
    next: [
      {
        text: 'Too slow to start: CPU limit and throttling of its container, load of the machine, or a name service that answers slowly for jobmanager.rpc.address.',
      },
      { text: 'akka.startup-timeout is how long it may take.', before: '1.18' },
      {
        text: 'pekko.startup-timeout is how long it may take.',
        unsure: 'pekko.startup-timeout (akka.startup-timeout before 1.18) is how long it may take.',
        from: '1.18',
      },
      { text: 'ClassNotFoundException and NoClassDefFoundError behind the shutdown only follow from it: no jar is missing.' },
    ],
    samples: [
      'java.util.concurrent.TimeoutException: Could not start the ActorSystem within 10000 ms',
      'akka.remote.RemoteTransportException: Startup timed out',
    ],
    nearMisses: ['java.util.concurrent.TimeoutException: x'],
  },
  {
    category: 'submission',
    frames: STARTING_MASTER,
    next: [
      {
        text: 'The cluster itself does not start, so no job is to blame: the root cause, and the "Loading configuration property" records at the start of this log.',
      },
      { text: 'Did it start before? What changed: version or image of Flink, lib/ and plugins/, configuration, secrets and volumes.' },
    ],
    samples: ['at org.apache.flink.runtime.entrypoint.ClusterEntrypoint.initializeServices'],
    nearMisses: ['at org.apache.flink.runtime.dispatcher.Dispatcher.start'],
  },
]);
