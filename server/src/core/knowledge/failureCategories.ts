import { BLOB_DISK_NEXT, TOKEN_NEXT } from './serviceAnswers.ts';
import { told } from './told.ts';

/** What kind of trouble a failure tells of, in the words by which people who run Flink sort failures. */
export type FailureCategory =
  | 'memory'
  | 'stuck-cancellation'
  | 'python'
  | 'disk-full'
  | 'resources'
  | 'authentication'
  | 'state'
  | 'classes'
  | 'serialization'
  | 'file-system'
  | 'connector'
  | 'high-availability'
  | 'process-lost'
  | 'network'
  | 'checkpoint'
  | 'planner'
  | 'configuration'
  | 'deployment'
  | 'submission'
  | 'user-code'
  | 'flink';

/** Advice that holds for some versions of Flink only. */
export interface NextStep {
  text: string;
  /** First version that it holds for; absent: all before `before`. */
  from?: string;
  before?: string;
  /** Against what is said of the cause ("class: message" of every exception): the step is for causes that say this. */
  where?: RegExp;
  /** The step is beside the point where the cause says this. */
  unless?: RegExp;
  /** Against "class.method" of the frames of the chain: the step is for what was thrown there. */
  within?: RegExp;
  /** The step is beside the point for what was thrown there. */
  beyond?: RegExp;
  /** Instead of `text` where the version is not known: of steps for different versions only that of the newer ones is told then. */
  unsure?: string;
}

export interface CategoryKind {
  category: FailureCategory;
  /** Against "class: message" of every exception of the chain. */
  pattern?: RegExp;
  /** Against "class.method" of the frames of the root cause: whose code it was thrown in. */
  frames?: RegExp;
  /** What to look at next. */
  next: readonly NextStep[];
  /** "class: message", or "at class.method" for frames. */
  samples: readonly string[];
  nearMisses: readonly string[];
}

/** Object stores by their clients and schemes: they ask for keys and policies, not for tickets. */
const OBJECT_STORE =
  /Amazon|awssdk|\bs3[apn]?:|PrestoS3|GoogleJsonResponse|StorageException|\bgs:|\babfss?:|\.azurebfs\.|\bwasbs?:|\boss:|OSSException|MinioException|value of Authorization header/;
const KUBERNETES_API = /KubernetesClientException|is forbidden: User/;
const ZOOKEEPER = /ZooKeeper|KeeperException|\.curator\./;
const KUBERNETES_LEASE = /LeaderElector|ConfigMap|Renew deadline/;
/** The operating system itself has no memory left for the process. */
const NO_NATIVE_MEMORY = /[Nn]ative memory allocation|Cannot allocate memory/;
/** What Hadoop says of a token that it no longer has, or that is too old. */
const DELEGATION_TOKEN = /_DELEGATION_TOKEN\b|\btoken (?:\([^\n]{1,600}\) )?(?:can't be found in cache|is expired)/;
const FILE_GONE = /FileNotFoundException|NoSuchFileException|NoSuchKey|does not exist/;
/** A file of the state could not be read, for now. */
const STORAGE_UNREACHABLE = /SocketTimeout|ConnectTimeout|ConnectException|NoRouteToHost|UnknownHost|SdkClientException|SlowDown|Read timed out/;
const KRYO_REGISTRATION = /unregistered class ID/;
/** A class that Kryo cannot make or fill. */
const KRYO_TYPE = /UnsupportedOperationException|no-arg constructor|InaccessibleObjectException|Unable to make field|Class cannot be created/;
/** A client of an object store was given credentials for a time. */
const EXPIRED = /ExpiredToken|provided token has expired|security token included in the request is expired/;
const BLOB_SERVER = /BlobServer/;
/** The client does not find where the program begins (PackagedProgram). */
const ENTRY_POINT = /entry point class|'Main-Class'|'program-class'/;
/** The planner knows no connector or format of that name (FactoryUtil). */
const NO_FACTORY = /NoMatchingTableFactory|Could not find any factory for identifier|Cannot discover a connector/;
const GATEWAY = /^org\.apache\.flink\.table\.gateway\./;
/** The namespace itself allows no more: neither slots nor waiting help. */
const QUOTA = /exceeded quota/;
/** Sizes of memory that do not fit together (ProcessMemoryUtils, TaskExecutorFlinkMemoryUtils). */
const MEMORY_SIZES =
  /configured (?:Total (?:Flink|Process) Memory|JVM Overhead range|Network Memory range|JVM Heap|Off-heap)|Total (?:Flink|Process) Memory/;
/** An operator of event time got records without timestamps. */
const NO_TIMESTAMPS = /Long\.MIN_VALUE timestamp|Rowtime timestamp is (?:not defined|null)/;
/** The planner has no way to hand updates on to an operator or a sink (FlinkChangelogModeInferenceProgram). */
const UPDATES_REFUSED = /doesn't support consuming (?:update|delete)/;
/** Where the BLOB server of the JobManager works. */
const BLOB_DISK = /^org\.apache\.flink\.runtime\.blob\.Blob(?:Server|ServerConnection|Utils)\./;
/** Files of checkpoints, of whatever file system. */
const CHECKPOINT_FILES =
  /\bFsCheckpoint(?:MetadataOutputStream|StreamFactory\$FsCheckpointStateOutputStream)\.|StateUploader\.\w{0,60}ToCheckpointFs|\.RocksDBStateUploader\./;
/** Clients of object stores that write a file of their own first. */
const STAGED_FILES = /\bRefCountedTmpFileCreator\.|\bRefCountedBufferingFileStream\.|\bS3ADataBlocks\$|\bPrestoS3FileSystem\$PrestoS3OutputStream\./;
const NOT_SERIALIZABLE = /NotSerializableException|is not serializable/;

/** Services outside of Flink, by the packages of their clients; none of them is code of the job. */
export const CLIENTS =
  /^(?:org\.apache\.flink\.connector\.(?!base\.|testframe|datagen)|org\.apache\.flink\.streaming\.connectors\.|org\.apache\.flink\.cdc\.|com\.ververica\.cdc\.|org\.apache\.(?:kafka|pulsar|hadoop|hive|hudi|iceberg|paimon|doris|http|thrift|cassandra|hbase|zookeeper)\.|com\.(?:mysql|mongodb|amazonaws|datastax|rabbitmq|clickhouse|google\.cloud|google\.api|couchbase|microsoft|zaxxer|starrocks)\.|software\.amazon\.|io\.(?:debezium|lettuce)\.|org\.(?:postgresql|elasticsearch|opensearch|mariadb|redisson)\.|redis\.clients\.|oracle\.jdbc\.|java\.sql\.|okhttp3\.)/;

/** The first that fits counts: what says most stands first. Memory is told by verdicts of its own where a pool is named. */
export const FAILURE_CATEGORIES: readonly CategoryKind[] = told([
  {
    category: 'memory',
    pattern:
      /OutOfMemoryError|MemoryAllocationException|MemoryReservationException|Insufficient number of network buffers|OutOfDirectMemoryError|Cannot allocate memory/,
    next: [
      {
        where: NO_NATIVE_MEMORY,
        text: 'The operating system gave none: limit of the container, memory that other processes of the machine take, vm.overcommit_memory, vm.max_map_count, ulimit -v.',
      },
      {
        unless: NO_NATIVE_MEMORY,
        text: 'Which memory ran out decides the option: heap, direct memory, metaspace, managed memory, network buffers or the container as a whole.',
      },
      {
        unless: NO_NATIVE_MEMORY,
        text: 'The GC log of that process and, of a container, the exit code (137: over its limit) say more than the exception.',
      },
    ],
    samples: [
      'java.lang.OutOfMemoryError: Java heap space',
      'java.io.IOException: Insufficient number of network buffers: required 65, but only 38 available',
    ],
    nearMisses: ['java.io.IOException: out of ideas'],
  },
  {
    category: 'stuck-cancellation',
    pattern: /Task did not exit gracefully/,
    next: [
      {
        text: 'The stacks printed before by "did not react to cancelling signal" say where the task stands; take a thread dump of that TaskManager.',
      },
    ],
    samples: ['org.apache.flink.util.FlinkRuntimeException: Task did not exit gracefully within 180 + seconds.'],
    nearMisses: ['org.apache.flink.util.FlinkRuntimeException: x'],
  },
  {
    category: 'python',
    pattern:
      /Failed to create stage bundle factory|Python process exits with code|Traceback \(most recent call last\):|Error received from SDK harness|Cannot run program "python|PythonException/,
    next: [
      { text: 'The Python traceback is the cause: it stands in the message, or in the records before where the driver script failed.' },
      {
        where: /ModuleNotFoundError|ImportError|No module named|Cannot run program|executable/,
        text: 'A module that is missing in the workers: ship it with python.files, python.requirements or python.archives, and check python.executable on the TaskManagers.',
      },
    ],
    samples: [
      'java.lang.RuntimeException: Failed to create stage bundle factory! INFO:root:Initializing Python harness',
      'java.lang.RuntimeException: Python process exits with code: 1',
    ],
    nearMisses: ['java.lang.RuntimeException: x'],
  },
  {
    category: 'disk-full',
    pattern: /No space left on device|DiskErrorException|Disk quota exceeded/,
    next: [
      {
        within: BLOB_DISK,
        text: BLOB_DISK_NEXT,
      },
      {
        within: CHECKPOINT_FILES,
        beyond: STAGED_FILES,
        text: 'df -h of the file system that checkpoints are written to, on that machine: state.checkpoints.dir, from 1.20 on execution.checkpointing.dir. Checkpoints and savepoints of jobs that are gone stay there until somebody deletes them; a mount of its own keeps logs and spilled files out.',
      },
      {
        within: STAGED_FILES,
        text: 'The client of the object store writes to the local disk of that machine before it uploads: df -h of io.tmp.dirs, or of what its options name (s3a: fs.s3a.buffer.dir; Presto: presto.s3.staging-directory).',
      },
      {
        beyond: new RegExp(`${BLOB_DISK.source}|${CHECKPOINT_FILES.source}|${STAGED_FILES.source}`),
        text: 'df -h on that machine: io.tmp.dirs (spilling, shuffle), state.backend.rocksdb.localdir, or the logs fill the disk.',
      },
    ],
    samples: ['java.io.IOException: No space left on device'],
    nearMisses: ['java.io.IOException: disk is broken'],
  },
  {
    category: 'resources',
    pattern:
      /NoResourceAvailableException|UnfulfillableSlotRequestException|[Nn]ot enough (?:free )?slots|No pooled slot available|exceeded quota|Could not acquire the minimum required resources|SlotRequestTimeout|[Ii]nsufficient (?:cpu|memory|vcores)/,
    next: [
      {
        where: QUOTA,
        text: 'kubectl describe quota shows what else in the namespace counts against it: other jobs, pods that have ended and were not deleted, a second cluster during an upgrade.',
      },
      {
        unless: QUOTA,
        text: 'Slots needed (highest parallelism per slot sharing group, summed) against slots there: TaskManagers × taskmanager.numberOfTaskSlots.',
      },
      {
        unless: QUOTA,
        text: 'Are TaskManagers missing? JobManager log: "Registering TaskManager", "Worker … is terminated", "Requesting new worker"; kubectl get pods and kubectl describe quota, or the queue of YARN.',
      },
      { unless: QUOTA, text: 'slot.request.timeout is how long the JobManager waits for slots.', before: '1.20' },
      {
        unless: QUOTA,
        text: 'slot.request.timeout and, with the adaptive scheduler, jobmanager.adaptive-scheduler.resource-wait-timeout are how long it waits for slots.',
        from: '1.20',
      },
    ],
    samples: [
      'org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.',
      'org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Not enough free slots available to run the job.',
      'io.fabric8.kubernetes.client.KubernetesClientException: pods "a" is forbidden: exceeded quota: q, requested: limits.cpu=1',
    ],
    nearMisses: ['org.apache.flink.util.FlinkException: x'],
  },
  {
    category: 'authentication',
    pattern:
      /(?:Sasl)?Authentication(?:Failure)?Exception|ACCESS_REFUSED|AuthorizationException|AccessControlException|AccessDenied|Access [Dd]enied|LoginException|KrbException|GSSException|NoAuthException|Unauthorized|[Pp]ermission denied|SSLHandshakeException|PKIX path|(?:status|Status Code:?|code) ?40[13]\b|\b40[13] (?:Forbidden|Unauthorized)|not authorized to|AuthorizationFailure|AuthorizationPermissionMismatch|is forbidden: User|[Ff]ailed to authenticate|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|SecretManager\$InvalidToken|\btoken (?:\([^\n]{1,600}\) )?(?:can't be found in cache|is expired)/,
    next: [
      {
        where: EXPIRED,
        text: 'Temporary credentials have run out: whoever gives them (role of the machine or pod, web identity, STS) has to renew them while the job runs. A session token that stands in the configuration is never renewed.',
      },
      {
        where: OBJECT_STORE,
        unless: EXPIRED,
        text: 'The key or role that this process has, and what the policy of the bucket allows it on that path: read, write, list and delete.',
      },
      {
        where: KUBERNETES_API,
        text: 'The role of the service account (kubectl auth can-i, kubernetes.service-account): pods, config maps and deployments of its namespace.',
      },
      {
        where: DELEGATION_TOKEN,
        text: TOKEN_NEXT,
      },
      {
        unless: new RegExp(`${OBJECT_STORE.source}|${KUBERNETES_API.source}|${DELEGATION_TOKEN.source}`),
        text: 'Credentials, role or ACL of the user that the process runs as; tokens and Kerberos tickets expire (security.kerberos.login.*, security.delegation.tokens.*).',
      },
      {
        where: /SSL|[Cc]ertificate|PKIX/,
        text: 'Certificates: trust store and key store must be readable on every TaskManager, not only where the job is submitted.',
      },
    ],
    samples: [
      'org.apache.kafka.common.errors.SaslAuthenticationException: Authentication failed',
      'java.nio.file.AccessDeniedException: s3://b/c: Access Denied',
      'com.google.cloud.storage.StorageException: 403 Forbidden',
      'org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException: Operation failed: "This request is not authorized to perform this operation.", 403, PUT',
      'com.rabbitmq.client.AuthenticationFailureException: ACCESS_REFUSED - Login was refused',
      "org.apache.hadoop.ipc.RemoteException: token (HDFS_DELEGATION_TOKEN token 88123 for flinkuser) can't be found in cache",
      'org.apache.hadoop.security.token.SecretManager$InvalidToken: appattempt_1_2_000001 not found in AMRMTokenSecretManager.',
      'io.fabric8.kubernetes.client.KubernetesClientException: pods is forbidden: User "x" cannot list resource',
    ],
    nearMisses: ['java.io.IOException: denied', 'org.example.parser.InvalidTokenException: token (a) is unexpected'],
  },
  {
    category: 'state',
    pattern:
      /StateMigrationException|Cannot map (?:checkpoint\/)?savepoint state|Cannot map checkpoint\/savepoint state|can not be restored\. The maximum parallelism|new (?:state |key |namespace )?serializer[^\n]{0,200} must (?:not )?be (?:in)?compatible|Failed to (?:rollback|restore|load)[^\n]{0,40} (?:check|save)point|Cannot find (?:checkpoint or savepoint|meta data file)|Could not restore (?:keyed|operator)|incompatible with the (?:old|previous) (?:state )?serializer|InvalidClassException|KeyGroupRange|Exception while creating StreamOperatorStateContext/,
    next: [
      {
        where: FILE_GONE,
        text: 'A file of that checkpoint is gone: who else deletes there (lifecycle rules, another job that claimed or discarded it)? Restore from another one.',
      },
      {
        where: STORAGE_UNREACHABLE,
        text: 'The storage of the checkpoint could not be read at that time: can this process reach it, does it throttle, what are the time-outs of its client?',
      },
      {
        unless: new RegExp(`${FILE_GONE.source}|${STORAGE_UNREACHABLE.source}`),
        text: 'What changed between the program that wrote the state and this one: types of state, uids of operators, parallelism above the maximum parallelism.',
      },
      {
        unless: new RegExp(`${FILE_GONE.source}|${STORAGE_UNREACHABLE.source}`),
        text: 'Operators need a uid(...) that stays; state of operators that are gone is dropped with --allowNonRestoredState. The maximum parallelism of existing state cannot be changed.',
      },
    ],
    samples: [
      'org.apache.flink.util.StateMigrationException: The new state serializer (a) must not be incompatible with the old state serializer (b).',
      "java.io.FileNotFoundException: Cannot find checkpoint or savepoint file/directory 's3://b/savepoint-1' on file system 's3'.",
      'java.lang.IllegalStateException: Failed to rollback to checkpoint/savepoint s. Cannot map checkpoint/savepoint state for operator x to the new program, because the operator is not available in the new program.',
    ],
    nearMisses: ['java.lang.IllegalStateException: x'],
  },
  {
    category: 'classes',
    pattern:
      /ClassNotFoundException|NoClassDefFoundError|NoSuch(?:Method|Field)Error|IncompatibleClassChangeError|AbstractMethodError|UnsupportedClassVersionError|LinkageError|UnsatisfiedLinkError|closed classloader|ClassCastException: (?:class )?(\S+) cannot be cast to (?:class )?\1\b|cannot assign instance of|NoMatchingTableFactory|Could not find any factory for identifier|ValidationException: Cannot discover a connector|TypeError: (?:Could not found the Java class|'JavaPackage' object is not callable)/,
    next: [
      {
        where: ENTRY_POINT,
        text: 'The main class: the name that -c gives, or Main-Class in the manifest of the jar, against what the jar holds (jar tf). It is the jar of the job that has to be given, not one of its libraries.',
      },
      {
        where: NO_FACTORY,
        within: GATEWAY,
        text: 'The SQL Gateway plans the statement and does not find it: the jar of the connector or format (flink-sql-connector-…, flink-sql-…) into lib/ of the gateway, or ADD JAR in the session; in lib/ of the cluster as well, unless ADD JAR ships it.',
      },
      {
        where: NO_FACTORY,
        beyond: GATEWAY,
        text: 'The jar of the connector or format (flink-sql-connector-…, flink-sql-…) has to be where the statement is planned: in lib/ there, in the jar of the job, or given by ADD JAR or -j. A jar of the job that has it may have lost its name: whoever builds one jar of several has to merge META-INF/services (ServicesResourceTransformer).',
      },
      {
        unless: new RegExp(`${ENTRY_POINT.source}|${NO_FACTORY.source}`),
        text: 'Which jar should have it, and which have it: the job jar, lib/ and plugins/ of the cluster that runs the job; versions must be those of the cluster.',
      },
      {
        unless: new RegExp(`${ENTRY_POINT.source}|${NO_FACTORY.source}`),
        text: 'In two of them at once: classloader.resolve-order, classloader.parent-first-patterns.additional, or take it out of one. Connectors and formats have versions of their own since 1.16.',
      },
    ],
    samples: [
      'java.lang.ClassNotFoundException: org.example.Order',
      'java.lang.NoSuchMethodError: void org.example.A.b()',
      'java.lang.ClassCastException: a.B cannot be cast to a.B',
      "org.apache.flink.table.api.ValidationException: Could not find any factory for identifier 'kafka'",
    ],
    nearMisses: ['java.io.FileNotFoundException: /tmp/x', 'java.lang.ClassCastException: a.B cannot be cast to a.C'],
  },
  {
    category: 'file-system',
    pattern: /UnsupportedFileSystemScheme|Could not find a file system implementation|No FileSystem for scheme/,
    next: [
      {
        text: 'Which plugins a process has stands at the beginning of its log ("Plugin loader with ID …", "The plugins directory … does not exist"); the JobManager and every TaskManager need it.',
      },
    ],
    samples: ["org.apache.flink.core.fs.UnsupportedFileSystemSchemeException: Could not find a file system implementation for scheme 's3'."],
    nearMisses: ['java.io.FileNotFoundException: /a'],
  },
  {
    category: 'serialization',
    pattern:
      /(?:De)?[Ss]erializationException|[Ff]ailed to deserialize|JsonParseException|JsonProcessingException|MismatchedInputException|KryoException|AvroTypeException|AvroRuntimeException|InvalidProtocolBufferException|NotSerializableException|StreamCorruptedException|is not serializable|Corrupt(?:ed)? data|[Uu]nrecognized token/,
    frames: /^(?:com\.esotericsoftware\.kryo|org\.apache\.flink\.api\.java\.typeutils\.runtime|org\.apache\.flink\.formats|org\.apache\.avro)\./,
    next: [
      {
        where: KRYO_REGISTRATION,
        text: 'Kryo numbers registered types in the order of their registration: one was added, removed or moved since this was written, or another process registers others.',
      },
      {
        where: KRYO_TYPE,
        text: 'A type that Flink has no serializer for goes to Kryo, which cannot make or fill every class (immutable collections, no constructor without arguments, modules of Java 17): make it a POJO, give its type (returns(…), @TypeInfo), or register a serializer.',
      },
      {
        unless: new RegExp(`${KRYO_REGISTRATION.source}|${KRYO_TYPE.source}|${NOT_SERIALIZABLE.source}`),
        text: 'The record: a restart reads it again and fails again. Formats can skip it (json.ignore-parse-errors, csv.ignore-parse-errors), a schema of your own can return null.',
      },
      {
        where: NOT_SERIALIZABLE,
        text: 'A function that "is not serializable" holds a field that is not: make it transient and create it in open().',
      },
    ],
    samples: [
      'java.io.IOException: Failed to deserialize consumer record due to',
      'org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParseException: Unrecognized token',
      'at com.esotericsoftware.kryo.Kryo.readClass',
    ],
    nearMisses: ['java.io.IOException: x', 'at com.example.Kryo.read'],
  },
  {
    category: 'high-availability',
    pattern:
      /LeaderElection|lost leadership|leadership (?:was|is) (?:revoked|lost)|KeeperException|Renew deadline reached|curator\.|high.?availab|LeaderRetrieval|JobResultStore|JobGraphStore/i,
    next: [
      {
        text: 'ZooKeeper, or the API server of Kubernetes: was it reachable from the JobManager at that time? Long collections of the JobManager look the same.',
      },
      {
        unless: KUBERNETES_LEASE,
        text: 'high-availability.zookeeper.client.tolerate-suspended-connections keeps a leader through short losses.',
        from: '1.15',
      },
      {
        unless: ZOOKEEPER,
        text: 'high-availability.kubernetes.leader-election.lease-duration, renew-deadline and retry-period.',
        from: '1.12',
      },
    ],
    samples: [
      'org.apache.zookeeper.KeeperException$ConnectionLossException: KeeperErrorCode = ConnectionLoss',
      'java.lang.Exception: Job leader for job id a lost leadership.',
    ],
    nearMisses: ['java.lang.Exception: leader'],
  },
  {
    category: 'process-lost',
    pattern:
      /Heartbeat of |is no longer reachable|RemoteTransportException: (?:Connection unexpectedly closed|Lost connection|Error at remote)|assigned slot \S+ was removed|Container (?:killed|released|preempted|expired)|TaskExecutor is shutting down|TaskManager was lost|RecipientUnreachable|Errors\$NativeIoException|ProducerFailed|PartitionNotFound/,
    next: [
      {
        text: 'What became of that process: the end of its log and its .out file, the exit code or reason (kubectl describe pod; YARN: log of the NodeManager), dmesg for the OOM killer.',
      },
      { text: 'Its GC log around the moment: a process that stands still answers no heartbeat (heartbeat.timeout).' },
    ],
    samples: [
      'java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id tm-1 timed out.',
      'org.apache.flink.runtime.jobmaster.JobMasterException: TaskManager with id a is no longer reachable.',
    ],
    nearMisses: ['java.util.concurrent.TimeoutException: x'],
  },
  {
    category: 'network',
    pattern:
      /(?:Remote|Local)TransportException|Connecting to remote task manager|Could not (?:resolve|connect to) (?:ResourceManager|JobManager|BlobServer|rpc endpoint)|Could not register at the ResourceManager|RegistrationTimeoutException|AskTimeoutException|Invocation of \[|exceeds the maximum (?:akka|pekko) framesize|RpcConnectionException|PartitionConnectionException|BindException/,
    frames: /^org\.apache\.flink\.runtime\.(?:io\.network|rpc|registration)\./,
    next: [
      {
        text: 'Can the two processes reach each other by the name and port in the message? DNS and services, network policies, firewalls: jobmanager.rpc.address, taskmanager.host, taskmanager.data.port.',
      },
      {
        where: BLOB_SERVER,
        text: 'TaskManagers load jars and large messages from the BLOB server of the JobManager: its port (blob.server.port) is chosen anew at each start unless it is set, so that a firewall or a service of Kubernetes may not let it through.',
      },
      {
        text: 'A call that timed out may also mean that the other side is busy or in collections: its CPU, its GC log; akka.ask.timeout, akka.framesize.',
        before: '1.18',
      },
      {
        text: 'A call that timed out may also mean that the other side is busy or in collections: its CPU, its GC log; pekko.ask.timeout, pekko.framesize.',
        unsure:
          'A call that timed out may also mean that the other side is busy or in collections: its CPU, its GC log; pekko.ask.timeout and pekko.framesize, which begin with akka before 1.18.',
        from: '1.18',
      },
    ],
    samples: [
      'org.apache.flink.runtime.io.network.netty.exception.LocalTransportException: x',
      'java.io.IOException: Could not connect to BlobServer at address jobmanager/10.0.0.9:6124',
      'akka.pattern.AskTimeoutException: Ask timed out on [Actor[akka://flink/user/a]] after [10000 ms]',
      'at org.apache.flink.runtime.io.network.netty.NettyClient.connect',
    ],
    nearMisses: ['java.net.ConnectException: Connection refused', 'at com.example.Client.connect'],
  },
  {
    category: 'connector',
    pattern:
      /^(?:org\.apache\.kafka|com\.mysql|java\.sql|org\.postgresql|com\.mongodb|com\.amazonaws|software\.amazon|io\.debezium|org\.elasticsearch|org\.apache\.(?:hadoop|pulsar|iceberg|hudi|paimon|hive|doris))\.[\w.$]*(?:Exception|Error)|SQL\w{0,60}Exception|One or more fetchers have encountered exception|OffsetOutOfRange|binlog|[Tt]ransactional ?[Ii]d|InitProducerId|Connection pool shut down|FileNotFoundException|NoSuchBucket|UnknownHostException|NoRouteToHostException|ConnectException|ConnectTimeoutException|SocketTimeoutException|SocketException|Connection (?:reset|refused|timed out)|Broken pipe/,
    frames: CLIENTS,
    next: [
      {
        text: 'The external system at that time: is it reachable from the machine of the TaskManager (name, port), what does its own log say, what are its limits?',
      },
      { text: "The connector's options for time-outs and retries; connectors have versions and release notes of their own since Flink 1.16." },
    ],
    samples: [
      'org.apache.kafka.common.errors.TimeoutException: Timeout expired after 60000ms while awaiting InitProducerId',
      'java.sql.SQLException: table is gone',
      'java.net.UnknownHostException: broker-3',
      'at org.apache.flink.connector.jdbc.internal.JdbcOutputFormat.flush',
    ],
    nearMisses: ['java.lang.IllegalStateException: x', 'at com.example.Map.map'],
  },
  {
    category: 'checkpoint',
    pattern:
      /CheckpointException|checkpoint tolerable failure threshold|(?:Could not|Failed to) (?:complete|materialize|finalize|trigger|store)[^\n]{0,60} (?:checkpoint|snapshot|savepoint)|[Ss]avepoint/,
    next: [
      {
        text: 'The checkpoint history (web UI, /jobs/<id>/checkpoints): which subtask was last, and whether start delay, alignment or the asynchronous part took the time.',
      },
      {
        text: 'A long start delay is back-pressure: find the busy operator. Unaligned checkpoints (execution.checkpointing.unaligned) let barriers overtake.',
        from: '1.11',
      },
      { text: 'A long asynchronous part is the storage: its own log, throughput, limits.' },
    ],
    samples: [
      'org.apache.flink.util.FlinkRuntimeException: Exceeded checkpoint tolerable failure threshold.',
      'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.',
    ],
    nearMisses: ['org.apache.flink.util.FlinkException: x'],
  },
  {
    category: 'user-code',
    pattern: NO_TIMESTAMPS,
    next: [],
    samples: [
      "java.lang.RuntimeException: Record has Long.MIN_VALUE timestamp (= no timestamp marker). Did you forget to call 'DataStream.assignTimestampsAndWatermarks(...)'?",
      'java.lang.RuntimeException: Rowtime timestamp is not defined. Please make sure that a proper TimestampAssigner is defined',
    ],
    nearMisses: ['java.lang.RuntimeException: the timestamp is too old'],
  },
  {
    category: 'planner',
    pattern:
      /SqlParserException|SqlValidatorException|org\.apache\.calcite\.|TableException|ValidationException|CodeGenException|CannotPlanException|SqlParseException|JaninoRuntimeException|CompileException|InvalidProgramException|No operators defined in streaming topology/,
    frames: /^org\.apache\.(?:calcite|flink\.table\.planner|flink\.table\.api)\.|^org\.codehaus\.(?:janino|commons\.compiler)\./,
    next: [
      {
        where: UPDATES_REFUSED,
        text: 'What the query hands on has updates or deletions (an aggregate, a join, a CDC source), and what follows takes insertions only: a sink with a PRIMARY KEY that takes them (upsert-kafka, JDBC, Elasticsearch, Paimon), or a query without them (windows, interval joins). EXPLAIN CHANGELOG_MODE shows where they begin.',
      },
      {
        unless: UPDATES_REFUSED,
        text: 'The statement at the position in the message; EXPLAIN shows how far it gets. Types and names must be those of the catalog (SHOW CREATE TABLE).',
      },
    ],
    samples: [
      'org.apache.flink.table.api.ValidationException: SQL validation failed',
      'at org.apache.flink.table.planner.delegation.PlannerBase.translate',
    ],
    nearMisses: ['java.lang.RuntimeException: x', 'at com.example.Planner.plan'],
  },
  {
    category: 'configuration',
    pattern:
      /IllegalConfigurationException|Could not parse value|is not a valid (?:configuration|value)|Unrecognized option|Missing required option|The configuration option .{1,200} is|parallelism of non parallel operator|ConfigurationException|Forward partitioning does not allow/,
    frames: /^org\.apache\.flink\.configuration\./,
    next: [
      {
        where: MEMORY_SIZES,
        text: 'The sizes of memory do not fit together: raise the total (taskmanager.memory.process.size or flink.size; jobmanager.memory.*) above what the message adds up, or set fewer of its parts and leave them to Flink.',
      },
      {
        text: 'The option in the message, as the process read it: "Loading configuration property" records at the start of its log. From 1.19 on the file is config.yaml.',
        from: '1.19',
      },
      {
        text: 'The option in the message, as the process read it: "Loading configuration property" records at the start of its log (flink-conf.yaml).',
        before: '1.19',
      },
    ],
    samples: ['org.apache.flink.configuration.IllegalConfigurationException: x', 'at org.apache.flink.configuration.Configuration.convertValue'],
    nearMisses: ['java.lang.IllegalArgumentException: x', 'at com.example.Configuration.get'],
  },
  // What the Kubernetes operator could not do: there may be no JobManager that has a log.
  {
    category: 'deployment',
    pattern: /kubernetes\.operator\.exception\.\w+Exception|ImagePullBackOff|Back-off pulling image/,
    next: [{ text: 'The events of the resource and of its pods (kubectl describe), and the log of the operator at that time.' }],
    samples: ['org.apache.flink.kubernetes.operator.exception.DeploymentFailedException: Back-off pulling image "orders:9"'],
    nearMisses: ['java.lang.Exception: image'],
  },
  {
    category: 'submission',
    pattern:
      /ProgramInvocationException|JobSubmissionException|ClusterDeploymentException|YarnDeploymentException|ClusterRetrieveException|RestClientException|JobInitializationException|JobExecutionException: Could not (?:instantiate|set up) JobManager|Could not submit job|ApplicationExecutionException|Could not execute application/,
    frames: /^org\.apache\.flink\.(?:client|yarn|kubernetes)\./,
    next: [
      {
        text: 'The log of the JobManager, which has the whole chain; on YARN yarn logs -applicationId <id>, on Kubernetes kubectl logs of its pod (--previous after a restart).',
      },
      { text: 'Client and cluster must be of the same version of Flink.' },
    ],
    samples: [
      'org.apache.flink.client.deployment.ClusterDeploymentException: Could not deploy Yarn session cluster',
      'at org.apache.flink.client.cli.CliFrontend.run',
    ],
    nearMisses: ['java.lang.RuntimeException: x', 'at com.example.Client.run'],
  },
]);

/** What to look at where the code of the job itself failed. */
const USER_CODE: readonly NextStep[] = told([
  {
    where: NO_TIMESTAMPS,
    text: 'Records reach an operator of event time without timestamps: assignTimestampsAndWatermarks(…) with a withTimestampAssigner(…) before it, since WatermarkStrategy.noWatermarks() and most sources give none (in SQL: a WATERMARK in the DDL); or windows of processing time.',
  },
  {
    unless: NO_TIMESTAMPS,
    text: 'The code of the job at the place where it was thrown, and the record it was at: a restart reads the record again.',
  },
]);

/** What to look at where Flink's own code threw, and neither exception nor place tells a kind. */
const OWN_CODE: readonly NextStep[] = told([
  {
    text: 'It was thrown by Flink itself: issues.apache.org/jira/projects/FLINK knows class and method of a bug; a newer patch release may have the fix.',
  },
  { text: 'What the job does there that is not usual: types, serializers, options of the operator in the stack.' },
]);

/** What to look at next for a category. */
export const nextSteps = (category: FailureCategory): readonly NextStep[] =>
  category === 'user-code'
    ? USER_CODE
    : category === 'flink'
      ? OWN_CODE
      : (FAILURE_CATEGORIES.find((kind) => kind.category === category)?.next ?? []);
