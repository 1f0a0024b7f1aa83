import { told } from './told.ts';

/** What a service outside of Flink answers when it can be reached but refuses: then its network is beside the point. */
export interface ServiceAnswer {
  id: string;
  title: string;
  /** Against "class: message" of every exception of a chain. */
  pattern: RegExp;
  next: string;
  /** It says all that is to be done: what is looked at for the kind of failure in general is beside the point. */
  whole?: true;
  /** The exception names no system: the title goes before what it says. */
  names?: true;
  /** The title says all that the message does, in plain words; but for `what` of the pattern, where it has that. */
  instead?: true;
  /** What was matched follows the title: it says which of several things it was. */
  tells?: true;
  samples: readonly string[];
  nearMisses: readonly string[];
}

/** Of a token of Hadoop, whatever says that it is no longer one. */
export const TOKEN_NEXT =
  'Delegation tokens end at their maximum lifetime (7 days unless dfs.namenode.delegation.token.max-lifetime says otherwise), or when they are cancelled. With a keytab Flink gets new ones for as long as the job runs: security.kerberos.login.keytab and security.kerberos.login.principal.';

/** Of the disk of the BLOB server. */
export const BLOB_DISK_NEXT =
  'df -h on the machine of the JobManager: its BLOB server keeps jars and large messages in blob.storage.directory, without that below one of its io.tmp.dirs, and with high availability in high-availability.storageDir too.';

/** The first that fits counts. Messages are those of the services and their clients, of no version in particular. */
export const SERVICE_ANSWERS: readonly ServiceAnswer[] = told([
  {
    id: 'document-refused',
    title: 'Elasticsearch refuses a document',
    pattern: /\b(?:mapper_parsing|document_parsing|strict_dynamic_mapping|version_conflict_engine)_exception\b/,
    next: 'The field in the message against the mapping of the index (GET index/_mapping): change the mapping, or what the sink writes. The same document is refused again after a restart.',
    samples: ['org.elasticsearch.ElasticsearchException: Elasticsearch exception [type=mapper_parsing_exception, reason=failed to parse field [a]]'],
    nearMisses: ['org.elasticsearch.ElasticsearchException: Elasticsearch exception [type=index_not_found_exception]'],
  },
  {
    id: 'index-full',
    title: 'Elasticsearch has made the index read-only: a disk is full',
    pattern: /flood-stage watermark/,
    next: 'Space on the disks of its nodes (GET _cat/allocation?v): delete old indices, add disks or nodes. Newer versions then lift the block by themselves, older ones when index.blocks.read_only_allow_delete is set to null.',
    samples: [
      'Elasticsearch exception [type=cluster_block_exception, reason=index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];]',
      'OpenSearchException: Request failed: [cluster_block_exception] index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];',
    ],
    nearMisses: ['Elasticsearch exception [type=cluster_block_exception, reason=index [a] blocked by: [FORBIDDEN/8/index write (api)];]'],
  },
  {
    id: 'index-read-only',
    title: 'Elasticsearch has made the index read-only',
    pattern: /\bFORBIDDEN\/1[23]\//,
    next: 'As a rule a disk of its nodes was full (GET _cat/allocation?v): make room, then set index.blocks.read_only_allow_delete to null (PUT index/_settings). Somebody may have set the block by hand as well.',
    samples: [
      'Elasticsearch exception [type=cluster_block_exception, reason=index [a] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];]',
    ],
    nearMisses: ['reason=index [a] blocked by: [FORBIDDEN/8/index write (api)];'],
  },
  {
    id: 'index-closed',
    title: 'The index of Elasticsearch is closed',
    pattern: /\bFORBIDDEN\/4\/index closed|\bindex_closed_exception\b/,
    next: 'Who closed it: a policy of index lifecycle management, a restore of a snapshot, or somebody by hand. POST index/_open opens it again.',
    samples: [
      'Elasticsearch exception [type=cluster_block_exception, reason=index [a] blocked by: [FORBIDDEN/4/index closed];]',
      'Elasticsearch exception [type=index_closed_exception, reason=closed]',
    ],
    nearMisses: ['Elasticsearch exception [type=index_not_found_exception, reason=no such index [a]]'],
  },
  {
    id: 'index-blocked',
    title: 'A setting of Elasticsearch forbids writing',
    pattern: /\bFORBIDDEN\/(?:5|6|7|8|9|10)\//,
    next: 'Which block the message names: GET index/_settings (index.blocks.*) and GET _cluster/settings (cluster.blocks.*, disk watermarks). Somebody or a policy has set it, as for a shrink, a migration or a read-only phase.',
    samples: [
      'Elasticsearch exception [type=cluster_block_exception, reason=index [a] blocked by: [FORBIDDEN/8/index write (api)];]',
      'blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];',
    ],
    nearMisses: ['[FORBIDDEN/403/x]'],
  },
  {
    id: 'cluster-not-ready',
    title: 'Elasticsearch has no elected master',
    pattern: /\bSERVICE_UNAVAILABLE\/[123]\/|\bmaster_not_discovered_exception\b/,
    next: 'GET _cluster/health and the logs of its master nodes at that time: nodes that are gone, a network that is split, or a cluster that still starts.',
    samples: [
      'org.elasticsearch.cluster.block.ClusterBlockException: blocked by: [SERVICE_UNAVAILABLE/2/no master];',
      'Elasticsearch exception [type=master_not_discovered_exception, reason=null]',
    ],
    nearMisses: ['503 SERVICE_UNAVAILABLE'],
  },
  {
    id: 'bulk-rejected',
    title: 'Elasticsearch rejects requests: it is overloaded',
    pattern: /\bes_rejected_execution_exception\b.{0,80}|\bcircuit_breaking_exception\b/,
    next: 'Fewer and smaller bulks with back-off (sink.bulk-flush.*), or more capacity: queues and heap of its nodes.',
    samples: ['Elasticsearch exception [type=es_rejected_execution_exception, reason=rejected execution of primary operation]'],
    nearMisses: ['java.util.concurrent.RejectedExecutionException: x'],
  },
  {
    id: 'registry-login',
    title: 'The schema registry does not accept the credentials',
    pattern: /schemaregistry[\w.]{0,200}RestClientException: [^\n]{0,400}; error code: 401\d{0,2}\b/,
    next: 'User and password, or the token, that the format is given for the registry (avro-confluent.basic-auth.credentials-source and .user-info, or .bearer-auth.*), with key. or value. before it where the table names the format so: the registry has accounts of its own beside those of Kafka.',
    whole: true,
    names: true,
    samples: ['io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException: Unauthorized; error code: 401'],
    nearMisses: [
      'org.apache.flink.runtime.rest.util.RestClientException: Unauthorized; error code: 401',
      'io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException: Schema 7 not found; error code: 40403',
    ],
  },
  {
    id: 'registry-forbidden',
    title: 'The schema registry does not allow it',
    pattern: /schemaregistry[\w.]{0,200}RestClientException: [^\n]{0,400}; error code: 403\d{0,2}\b/,
    next: 'The role of this user in the registry: a source reads the subject, a sink also writes it (unless the schema is registered before and auto.register.schemas is off).',
    whole: true,
    names: true,
    samples: [
      'io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException: User is denied operation Write on Subject: a; error code: 40301',
    ],
    nearMisses: ['io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException: Unauthorized; error code: 401'],
  },
  {
    // PyFlink asks the JVM for a class by its name, and py4j takes what is none for a package.
    id: 'python-jar-missing',
    title: 'A jar with a Java class is missing in the Python job',
    pattern:
      /TypeError: (?:Could not found the Java class '(?:[a-z_][\w]{0,60}\.){0,12}(?<what>[A-Z][\w$]{0,100})|'JavaPackage' object is not callable)/,
    next: 'The jar of the connector or format, which PyFlink does not bring along: --jarfile of flink run, pipeline.jars in the configuration, env.add_jars("file:///…") in the program, or lib/ of the PyFlink that runs it. For connectors the one that is called flink-sql-connector-…, in the version for this Flink.',
    whole: true,
    instead: true,
    samples: ["TypeError: Could not found the Java class 'a.b.KafkaSource.builder'.", "TypeError: 'JavaPackage' object is not callable"],
    nearMisses: ["TypeError: 'NoneType' object is not callable"],
  },
  {
    // BlobClient and BlobOutputStream say so of what BlobServerConnection answered: the disk is not that of who asked.
    id: 'blob-disk-full',
    title: "No space is left on the disk of the JobManager's BLOB server",
    pattern: /\bServer side error: [^\n]{0,400}(?:No space left on device|Disk quota exceeded)/,
    next: BLOB_DISK_NEXT,
    whole: true,
    instead: true,
    samples: ['java.io.IOException: PUT operation failed: Server side error: No space left on device'],
    nearMisses: ['java.io.IOException: PUT operation failed: No space left on device'],
  },
  {
    id: 'blob-directory-gone',
    title: "The directory of the JobManager's BLOB server is gone",
    pattern: /\bServer side error: [^\n]{0,400}\bblobStore-[^\n]{1,400}(?:No such file or directory|NoSuchFileException)/,
    next: 'What deletes old files on the machine of the JobManager (systemd-tmpfiles, tmpwatch) took it from below its io.tmp.dirs: set blob.storage.directory to a directory that nobody cleans, and restart the JobManager, which makes it anew.',
    whole: true,
    instead: true,
    samples: ['java.io.IOException: PUT operation failed: Server side error: /tmp/blobStore-1a2b/incoming/temp-00000000 (No such file or directory)'],
    nearMisses: ['java.io.IOException: GET operation failed: Server side error: /ha/blob/job_1/blob_p-2 (No such file or directory)'],
  },
  {
    // AbstractDelegationTokenSecretManager
    id: 'token-gone',
    title: "Hadoop's delegation token expired or was cancelled",
    pattern: /\btoken (?:\([^\n]{1,600}\) )?can't be found in cache/,
    next: TOKEN_NEXT,
    whole: true,
    instead: true,
    samples: ["org.apache.hadoop.ipc.RemoteException: token (HDFS_DELEGATION_TOKEN token 88123 for flinkuser) can't be found in cache"],
    nearMisses: ["java.lang.IllegalStateException: key can't be found in cache"],
  },
  {
    id: 'token-expired',
    title: "Hadoop's delegation token has expired",
    pattern: /_DELEGATION_TOKEN\b[^\n]{0,600}\) is expired/,
    next: TOKEN_NEXT,
    whole: true,
    instead: true,
    samples: [
      'org.apache.hadoop.security.token.SecretManager$InvalidToken: token (token for a: HDFS_DELEGATION_TOKEN owner=a, renewer=yarn) is expired, current time: 2023-11-21 09:58:01,551+0000',
    ],
    nearMisses: ['com.nimbusds.jwt.BadJWTException: token (a) is expired'],
  },
  {
    id: 'pulsar-login',
    title: 'Pulsar does not accept the credentials',
    pattern: /pulsar[\w.$]{0,200}(?:NotAuthorized|Authentication)Exception|pulsar[\w.$]{0,200}: HTTP 401/,
    next: 'The token or certificate that source and sink are given (pulsar.client.authPluginClassName, pulsar.client.authParams): whether it has expired, and whether the brokers know its issuer. The admin address needs it as well as the service address.',
    whole: true,
    names: true,
    samples: [
      'org.apache.pulsar.client.admin.PulsarAdminException$NotAuthorizedException: HTTP 401 Unauthorized',
      'org.apache.pulsar.client.api.PulsarClientException$AuthenticationException: Unable to authenticate',
    ],
    nearMisses: ['org.apache.pulsar.client.api.PulsarClientException$AuthorizationException: Client is not authorized to Get Partition Metadata'],
  },
  {
    id: 'pulsar-forbidden',
    title: 'Pulsar does not allow it',
    pattern: /pulsar[\w.$]{0,200}AuthorizationException|pulsar[\w.$]{0,200}: HTTP 403/,
    next: 'The role of the token needs consume or produce on the topic or its namespace (pulsar-admin namespaces grant-permission); exactly-once needs the system topics of transactions too.',
    whole: true,
    names: true,
    samples: [
      'org.apache.pulsar.client.api.PulsarClientException$AuthorizationException: {"errorMsg":"Client is not authorized to Get Partition Metadata","reqId":1}',
    ],
    nearMisses: ['org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [a]'],
  },
  {
    // sun.security.validator.PKIXValidator
    id: 'certificate-untrusted',
    title: 'The certificate of the other side is not trusted',
    pattern: /PKIX path building failed(?:[^\n]{0,200}requested target)?|unable to find valid certification path/,
    next: 'The CA that issued it has to be in the trust store of the process that connects, here and in every other one that does (ssl.truststore.location, tlsTrustCertsFilePath or as the client calls it; javax.net.ssl.trustStore; security.ssl.* between processes of Flink), or the server has to send its whole chain (openssl s_client -showcerts). A restart changes nothing.',
    whole: true,
    samples: [
      'javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
    ],
    nearMisses: ['javax.net.ssl.SSLHandshakeException: No subject alternative names matching IP address 10.0.0.7 found'],
  },
  {
    id: 'kafka-login',
    title: 'Kafka does not accept the credentials',
    pattern: /kafka\.common\.errors\.(?:Sasl)?AuthenticationException/,
    next: 'sasl.jaas.config, sasl.mechanism and security.protocol of this source or sink (properties.* in a table), and the user in Kafka: password changed, user deleted, another mechanism; with Kerberos its ticket and keytab (security.kerberos.login.*).',
    whole: true,
    names: true,
    samples: ['org.apache.kafka.common.errors.SaslAuthenticationException: Authentication failed: Invalid username or password'],
    nearMisses: ['org.apache.kafka.common.errors.SslAuthenticationException: SSL handshake failed'],
  },
  {
    id: 'kafka-forbidden',
    title: 'Kafka does not allow it',
    pattern: /kafka\.common\.errors\.(?:Topic|Group|Cluster|TransactionalId)AuthorizationException/,
    next: 'ACLs of this user for what is named (kafka-acls --list): Read and Describe on topic and group for a source; Write and Describe on the topic for a sink, and with exactly-once on its transactional ids.',
    whole: true,
    names: true,
    samples: ['org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [a]'],
    nearMisses: ['org.apache.kafka.common.errors.UnknownTopicOrPartitionException: This server does not host this topic-partition.'],
  },
  {
    id: 'rabbit-login',
    title: 'RabbitMQ does not accept the login',
    pattern: /ACCESS_REFUSED/,
    next: 'User, password and virtual host of the connection, and the permissions of that user there (rabbitmqctl list_user_permissions); the user guest may log in from localhost only.',
    whole: true,
    names: true,
    samples: ['com.rabbitmq.client.AuthenticationFailureException: ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN'],
    nearMisses: ['com.rabbitmq.client.AlreadyClosedException: connection is already closed'],
  },
  {
    id: 'index-forbidden',
    title: 'Elasticsearch does not accept the user',
    pattern: /\[type=security_exception\b/,
    next: 'User and password, or key, of the connection, and the roles of that user: writing needs create_index, write and for upserts read on the index that is named.',
    whole: true,
    samples: ['Elasticsearch exception [type=security_exception, reason=unable to authenticate user [flink] for REST request [/_bulk]]'],
    nearMisses: ['java.lang.SecurityException: no'],
  },
  {
    id: 'database-rights',
    title: 'The user of the database lacks a right',
    pattern:
      /Access denied; you need|permission denied for (?:table|schema|relation|database|sequence|function)|must be (?:superuser|replication role)|\bORA-01031\b|command denied to user/,
    tells: true,
    next: 'Grant what the message names. A CDC source of MySQL needs SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE and REPLICATION CLIENT; one of PostgreSQL REPLICATION and the tables of its publication.',
    whole: true,
    samples: [
      'java.sql.SQLException: Access denied; you need (at least one of) the REPLICATION SLAVE privilege(s) for this operation',
      'org.postgresql.util.PSQLException: ERROR: permission denied for table orders',
    ],
    nearMisses: ["java.sql.SQLException: Access denied for user 'flink'@'10.0.0.1' (using password: YES)"],
  },
  {
    id: 'database-login',
    title: 'The database does not accept the user',
    pattern: /Access denied for user '|password authentication failed for user|no pg_hba\.conf entry|\bORA-01017\b|Login failed for user '/,
    next: 'User and password of the connection, and from where that user may log in: MySQL goes by user and host (in the message), PostgreSQL by pg_hba.conf.',
    whole: true,
    samples: [
      "java.sql.SQLException: Access denied for user 'flink'@'10.0.0.1' (using password: YES)",
      'org.postgresql.util.PSQLException: FATAL: password authentication failed for user "flink"',
    ],
    nearMisses: ['java.nio.file.AccessDeniedException: s3://b/c: Access Denied'],
  },
  {
    id: 'table-file-missing',
    title: 'A file of the table is gone',
    pattern:
      /iceberg\.exceptions\.NotFoundException|(?:exist|directory): \S{1,1000}\/(?:metadata\/\S{1,300}\.(?:avro|metadata\.json)|data\/\S{1,500}\.(?:parquet|orc|avro))|Possible causes: 1\.snapshot expires too fast/,
    next: 'Who deleted it: expiry of snapshots or removal of orphan files with too short an age, a lifecycle rule of the bucket, another table at the same location. A job that reads on from a snapshot that has expired starts anew from one that is there; a table without its metadata is registered again from an older metadata.json.',
    samples: [
      'org.apache.iceberg.exceptions.NotFoundException: File does not exist: s3://lake/db/orders/data/day=3/00000-0-a.parquet',
      'java.io.FileNotFoundException: No such file or directory: s3a://lake/db/orders/metadata/snap-1-1-a.avro',
    ],
    nearMisses: ['java.io.FileNotFoundException: No such file or directory: s3a://b/savepoints/savepoint-1/_metadata'],
  },
  {
    id: 'commit-conflict',
    title: 'Another writer changed the table first',
    pattern:
      /iceberg\.exceptions\.CommitFailedException|Base metadata location \S+ is not same as|HoodieWriteConflictException|Concurrent(?:Append|DeleteRead|Modification)Exception: Files? w/,
    next: 'Who else commits to the table at that time (compaction, expiry of snapshots, a second job)? Give it another time or take it out of the job; more retries of commits in the properties of the table.',
    samples: [
      "org.apache.iceberg.exceptions.CommitFailedException: Cannot commit: Base metadata location 'a' is not same as the current table metadata location 'b'",
      'org.apache.hudi.exception.HoodieWriteConflictException: Cannot resolve conflicts for overlapping writes',
    ],
    nearMisses: ['org.apache.kafka.clients.consumer.CommitFailedException: Offset commit cannot be completed'],
  },
  {
    id: 'file-conflict',
    title: 'Another job has compacted the same files of the table',
    pattern: /(?:File deletion|LSM) conflicts detected|Conflicts during commits are normal and this failure/,
    next: 'Two jobs write into the same partition and both compact it (in Paimon conflicts come from compaction): set write-only = true for every writer and compact by a job of its own. One conflict heals by the restart; it comes again where the job is restored from an old savepoint while another one writes, or where checkpoints take long under back-pressure.',
    whole: true,
    samples: [
      'java.lang.RuntimeException: File deletion conflicts detected! Give up committing.',
      'java.lang.RuntimeException: LSM conflicts detected! Give up committing.',
    ],
    nearMisses: ['java.lang.RuntimeException: Git merge conflicts detected!'],
  },
  {
    id: 'binlog-gone',
    title: 'The position in the binary log of MySQL is no longer there',
    pattern:
      /purged (?:required )?binary logs|Could not find first log file name in binary log index file|Could not find (?:first|next) log\b|(?:binlog|GTID|offset)\b.{0,400}is no longer available on the server|Client requested (?:master|source) to start replication from|(?:missing|find) (?:the )?GTID (?:requested|state requested) by|ServerException: Could not open log file/,
    next: 'A new snapshot, since what lies between is lost; so that it does not come again: longer retention (binlog_expire_logs_seconds, expire_logs_days before MySQL 8; hosted databases have a setting of their own), and a job that is not stopped for longer. After a failover: does the other server have the same log (GTID)?',
    samples: [
      'com.github.shyiko.mysql.binlog.network.ServerException: Could not find first log file name in binary log index file',
      'ServerException: The slave is connecting using CHANGE MASTER TO MASTER_AUTO_POSITION = 1, but the master has purged binary logs containing GTIDs that the slave requires.',
      'ServerException: Cannot replicate because the source purged required binary logs. Replicate the missing transactions from elsewhere',
      'java.lang.IllegalStateException: The connector is trying to read binlog starting at SourceInfo{file=mysql-bin.000012, pos=4}, but this is no longer available on the server. Reconfigure the connector to use a snapshot when needed.',
    ],
    nearMisses: ['The table is no longer available on the server'],
  },
  {
    id: 'redo-gone',
    title: 'The redo log that the source needs is gone from Oracle',
    pattern: /ORA-0(?:1291|1292|0308|1284)\b|log files do not contain (?:the )?offset scn|None of (?:the )?log files contains? offset SCN/i,
    next: 'A new snapshot; so that it does not come again: archived logs that are kept for longer than the job may stand still (retention policy of RMAN, size of the recovery area), and larger redo logs.',
    samples: [
      'java.sql.SQLException: ORA-01291: missing log file',
      'io.debezium.DebeziumException: Online REDO LOG files or archive log files do not contain the offset scn 1234567.  Please perform a new snapshot.',
    ],
    nearMisses: ['java.sql.SQLException: ORA-01555: snapshot too old'],
  },
  {
    id: 'undo-gone',
    title: 'Oracle no longer has the data as they were when the query began',
    pattern: /ORA-01555\b/,
    next: 'Queries of a snapshot that end sooner: smaller chunks (scan.incremental.snapshot.chunk.size), an index that they can use; or more undo (UNDO_RETENTION, size of the undo tablespace).',
    samples: ['java.sql.SQLException: ORA-01555: snapshot too old: rollback segment number 9 with name "a" too small'],
    nearMisses: ['java.sql.SQLException: ORA-01291: missing log file'],
  },
  {
    id: 'change-table-gone',
    title: 'The position is no longer in the change tables of SQL Server',
    pattern: /insufficient number of arguments were supplied for the procedure or function cdc\.fn_cdc_get_all_changes/,
    next: "A new snapshot: SQL Server words it like this where the start lies before what its clean-up has kept. So that it does not come again: longer retention (sys.sp_cdc_change_job @job_type = N'cleanup', @retention), a job that is not stopped for longer; or CDC was switched off for the table.",
    samples: [
      'com.microsoft.sqlserver.jdbc.SQLServerException: An insufficient number of arguments were supplied for the procedure or function cdc.fn_cdc_get_all_changes_ ... .',
    ],
    nearMisses: ['SQLServerException: An insufficient number of arguments were supplied for the procedure or function dbo.total.'],
  },
  {
    id: 'change-stream-lost',
    title: 'The position in the change stream is no longer there',
    pattern: /ChangeStreamHistoryLost|CappedPositionLost|resume point may no longer be in the oplog|resume token was not found/,
    next: 'A new snapshot; so that it does not come again: a larger oplog (or replSetResizeOplog with minRetentionHours), and checkpoints often enough.',
    samples: ['com.mongodb.MongoCommandException: Command failed with error 286 (ChangeStreamHistoryLost): x'],
    nearMisses: ['com.mongodb.MongoTimeoutException: Timed out after 30000 ms'],
  },
  {
    id: 'slot-lost',
    title: 'PostgreSQL has removed the log that the slot needs',
    pattern:
      /requested WAL segment \S+ has already been removed|(?:can no longer|cannot) (?:get changes|read) from (?:logical )?replication slot|[Ss]lot has been invalidated|replication slot "\S+" (?:does not exist|was invalidated)/,
    next: 'A new snapshot with a new slot; so that it does not come again: max_slot_wal_keep_size and wal_keep_size, and a job that is not stopped for longer than that.',
    samples: ['org.postgresql.util.PSQLException: ERROR: requested WAL segment 000000010000000000000012 has already been removed'],
    nearMisses: ['org.postgresql.util.PSQLException: ERROR: replication slot "flink" already exists'],
  },
  {
    id: 'slot-taken',
    title: 'The replication slot of PostgreSQL is in use',
    pattern: /replication slot "\S+" is active for PID \d+/,
    next: 'Another job, or an attempt that has not ended, reads from it: a slot.name for each job; pg_terminate_backend ends a session that was left behind.',
    samples: ['org.postgresql.util.PSQLException: ERROR: replication slot "flink" is active for PID 4711'],
    nearMisses: ['replication slot "flink" was created'],
  },
  {
    id: 'stream-throttled',
    title: 'Kinesis throttles',
    pattern: /ProvisionedThroughputExceededException|Rate exceeded for (?:shard|stream)/,
    next: 'More shards, enhanced fan-out for each consumer, or fewer reads (flink.shard.getrecords.intervalmillis): all consumers of a shard share its limit.',
    samples: ['com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException: Rate exceeded for shard shardId-3 in stream a'],
    nearMisses: ['com.amazonaws.services.kinesis.model.ResourceNotFoundException: Stream a not found'],
  },
  {
    id: 'store-throttled',
    title: 'The object store throttles',
    pattern: /Error Code: SlowDown|Please reduce your request rate|rateLimitExceeded|ServerBusy\b/,
    next: 'Fewer requests: longer intervals of checkpoints, fewer small files of state (state.storage.fs.memory-threshold), s3.entropy.key in the path so that keys spread; more retries of the client.',
    samples: [
      'com.amazonaws.services.s3.model.AmazonS3Exception: Please reduce your request rate. (Service: Amazon S3; Status Code: 503; Error Code: SlowDown)',
    ],
    nearMisses: ['com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Status Code: 403)'],
  },
  {
    id: 'safe-mode',
    title: 'The NameNode of HDFS is in safe mode',
    pattern: /SafeModeException|Name node is in safe mode/,
    next: 'hdfs dfsadmin -safemode get and the log of the NameNode: a disk of its own that is full, or blocks that are missing. Nothing is written until it leaves that mode.',
    samples: ['org.apache.hadoop.hdfs.server.namenode.SafeModeException: Cannot create file /a. Name node is in safe mode.'],
    nearMisses: ['org.apache.hadoop.ipc.StandbyException: Operation category READ is not supported in state standby'],
  },
  {
    id: 'no-datanode',
    title: 'HDFS has no DataNode for a block',
    pattern: /could only be (?:written|replicated) to \d+ (?:of the \d+ minReplication )?nodes|All datanodes .{1,300} are bad/,
    next: 'hdfs dfsadmin -report: DataNodes that are gone, whose disks are full, or that the client cannot reach at their data port.',
    samples: ['File /a could only be written to 0 of the 1 minReplication nodes. There are 3 datanode(s) running'],
    nearMisses: ['File /a was written to 3 nodes'],
  },
  {
    id: 'database-connection-lost',
    title: 'The connection to the database was lost',
    pattern:
      /Communications link failure|No operations allowed after connection closed|This connection has been closed|An I\/O error occurred while sending to the backend|terminating connection due to|Closed Connection\b/,
    next: 'The log of the database at that time: a restart, a failover, or connections that it or a firewall closes when they are idle (MySQL: wait_timeout). Connections that are checked before use and retries (sink.max-retries) let that pass.',
    samples: ['com.mysql.cj.jdbc.exceptions.CommunicationsException: Communications link failure'],
    nearMisses: ['java.sql.SQLSyntaxErrorException: Unknown column'],
  },
  {
    id: 'database-full',
    title: 'The database takes no more connections',
    pattern:
      /Too many connections|remaining connection slots are reserved|too many clients already|Connection is not available, request timed out after/,
    next: 'Connections needed (parallelism of every sink, source and look-up, times the size of their pools) against those the database allows (max_connections).',
    samples: ['org.postgresql.util.PSQLException: FATAL: sorry, too many clients already'],
    nearMisses: ['Too many requests'],
  },
  {
    id: 'row-refused',
    title: 'The database refuses a row',
    pattern:
      /[Dd]uplicate key value violates|Duplicate entry '|violates (?:foreign key|not-null|check|unique) constraint|Data too long for column|value too long for type|ORA-(?:00001|01400|12899)|Out of range value for column|Column '\S+' cannot be null/,
    tells: true,
    next: 'The row against the types and constraints of the table: the same row fails again after a restart. With a PRIMARY KEY in its DDL the JDBC sink writes upserts in place of inserts.',
    samples: [
      'org.postgresql.util.PSQLException: ERROR: duplicate key value violates unique constraint "orders_pkey"',
      "java.sql.BatchUpdateException: Data too long for column 'name' at row 1",
    ],
    nearMisses: ['java.sql.SQLException: table is gone'],
  },
  {
    id: 'row-locked',
    title: 'The database gave a transaction up because of locks',
    pattern: /Deadlock found when trying to get lock|ERROR: deadlock detected|Lock wait timeout exceeded|ORA-00060/,
    next: 'Who else writes these rows: subtasks that write the same keys (key the stream by the primary key before the sink), another job, a batch. Smaller batches and retries (sink.max-retries) let it pass.',
    samples: ['com.mysql.cj.jdbc.exceptions.MySQLTransactionRollbackException: Deadlock found when trying to get lock; try restarting transaction'],
    nearMisses: ['deadlock of two threads'],
  },
  {
    id: 'transaction-timeout',
    title: 'The transaction timeout is larger than the broker allows',
    pattern: /transaction timeout is larger than the maximum value allowed|InvalidTxnTimeoutException/,
    next: 'transaction.timeout.ms of the sink (1 h unless it is set) at most transaction.max.timeout.ms of the broker (15 min unless it is set).',
    samples: [
      'org.apache.kafka.common.KafkaException: Unexpected error in InitProducerIdResponse; The transaction timeout is larger than the maximum value allowed by the broker (as configured by transaction.max.timeout.ms).',
    ],
    nearMisses: ['org.apache.kafka.common.errors.TimeoutException: Timeout expired after 60000ms while awaiting InitProducerId'],
  },
  {
    id: 'producer-fenced',
    title: 'Another producer uses the same transactional id',
    pattern: /ProducerFencedException|InvalidProducerEpochException|newer producer with the same transactionalId/,
    next: 'Two jobs, or two attempts at once, with one transactional id prefix; or the broker ended a transaction that stood open for longer than transaction.timeout.ms.',
    samples: [
      'org.apache.kafka.common.errors.ProducerFencedException: There is a newer producer with the same transactionalId which fences the current one.',
    ],
    nearMisses: ['org.apache.kafka.common.errors.InvalidPidMappingException: x'],
  },
  {
    // org.apache.kafka.common.protocol.Errors.INVALID_PRODUCER_ID_MAPPING
    id: 'transaction-forgotten',
    title: 'Kafka no longer knows the transactional id',
    pattern: /InvalidPidMappingException(?:: The producer attempted to use a producer id which is not currently assigned)?/,
    next: 'As a rule the job was away for too long: the broker ends an open transaction after transaction.timeout.ms of the producer and forgets its id after transactional.id.expiration.ms (7 days unless it is set). Every restart from that checkpoint meets it again: what the transaction held has to be written anew, and the state of the sink is left behind by a new uid with --allowNonRestoredState. Stop a job that is to stay down with a savepoint.',
    samples: [
      'org.apache.kafka.common.errors.InvalidPidMappingException: The producer attempted to use a producer id which is not currently assigned to its transactional id.',
    ],
    nearMisses: ['org.apache.kafka.common.errors.ProducerFencedException: x'],
  },
  {
    id: 'record-too-large',
    title: 'A record is larger than Kafka takes',
    pattern: /RecordTooLargeException|MESSAGE_TOO_LARGE/,
    next: 'max.request.size of the producer and max.message.bytes of the topic (message.max.bytes of the broker), compression.type, or smaller records: a restart meets the same one again.',
    samples: ['org.apache.kafka.common.errors.RecordTooLargeException: The message is 2097331 bytes when serialized which is larger than 1048576'],
    nearMisses: ['org.apache.kafka.common.errors.TimeoutException: x'],
  },
  {
    id: 'offset-gone',
    title: 'The offset is no longer in the topic',
    pattern: /OffsetOutOfRangeException|Fetch position .{1,200} is out of range|NoOffsetForPartitionException|Undefined offset with no reset policy/,
    next: 'The topic was deleted, made anew, or kept for less time than the job stood still (retention.ms); where the job may go on from is its start position (scan.startup.mode, OffsetResetStrategy).',
    samples: [
      'org.apache.kafka.clients.consumer.OffsetOutOfRangeException: Fetch position FetchPosition{offset=12} is out of range for partition a-0',
    ],
    nearMisses: ['java.lang.IndexOutOfBoundsException: Index 3 out of bounds'],
  },
  {
    id: 'topic-missing',
    title: 'The topic does not exist',
    pattern: /UnknownTopicOrPartitionException|This server does not host this topic-partition|TopicDoesNotExistException|TopicNotFoundException/,
    next: 'Its name and that of the cluster; whether it was deleted, or whether topics are made by themselves there (auto.create.topics.enable).',
    samples: ['org.apache.kafka.common.errors.UnknownTopicOrPartitionException: This server does not host this topic-partition.'],
    nearMisses: ['org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [a]'],
  },
  {
    id: 'schema-missing',
    title: 'The schema registry does not have the schema',
    pattern: /Could not find schema with id|Schema (?:id )?\d+ not found|Subject '[^']{1,200}' not found|error code: 404\d\d/,
    next: 'The address of the registry in the options of the format, and whether the records were written with that registry and by its serializer: the id stands in the first bytes of each.',
    samples: ['io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException: Schema 1187 not found; error code: 40403'],
    nearMisses: ['org.apache.avro.AvroTypeException: Found a, expecting b'],
  },
  {
    id: 'schema-refused',
    title: 'The schema registry refuses a schema',
    pattern: /Schema being registered is incompatible|error code: 409\b/,
    next: 'The new schema against the compatibility that is set for the subject: a default for new fields, or a subject of its own.',
    samples: ['RestClientException: Schema being registered is incompatible with an earlier schema for subject "a-value"; error code: 409'],
    nearMisses: ['Schema 1 not found; error code: 40403'],
  },
  {
    id: 'cassandra-slow',
    title: 'Cassandra does not answer in time',
    pattern: /\bOperationTimedOutException\b|Cassandra timeout during|DriverTimeoutException|(?:Read|Write)TimeoutException: Cassandra/,
    next: 'Load, collections and hints of its nodes at that time (nodetool tpstats); fewer requests at a time by the sink (setMaxConcurrentRequests), or a longer time-out of the driver.',
    samples: ['com.datastax.driver.core.exceptions.OperationTimedOutException: [cass-0/10.0.0.4:9042] Timed out waiting for server response'],
    nearMisses: ['com.datastax.driver.core.exceptions.AuthenticationException: x'],
  },
  {
    id: 'region-busy',
    title: 'HBase cannot serve a region',
    pattern: /NotServingRegionException|RegionTooBusyException|RetriesExhausted(?:WithDetails)?Exception/,
    next: 'The log of the master and of the region server that is named: regions in transition, splits, memstores that are not flushed, a table that is disabled.',
    samples: ['org.apache.hadoop.hbase.client.RetriesExhaustedWithDetailsException: Failed 12 actions: NotServingRegionException: 12 times'],
    nearMisses: ['org.apache.hadoop.hbase.TableNotFoundException: a'],
  },
  {
    id: 'queue-differs',
    title: 'RabbitMQ has the queue with other properties',
    pattern: /PRECONDITION_FAILED - inequivalent arg/,
    next: 'The queue exists and was declared otherwise (durable, arguments): override setupQueue of the source or sink, or delete the queue.',
    samples: [
      "com.rabbitmq.client.ShutdownSignalException: channel error; reply-text=PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'a'",
    ],
    nearMisses: ['com.rabbitmq.client.AlreadyClosedException: connection is already closed'],
  },
  {
    id: 'subscription-taken',
    title: 'Another consumer holds the subscription',
    pattern: /ConsumerBusyException|Exclusive consumer is already connected/,
    next: 'Another job, or an attempt that has not ended, reads with the same subscription of Pulsar: a name for each job (pulsar.consumer.subscriptionName); an exclusive one takes one consumer.',
    samples: ['org.apache.pulsar.client.api.PulsarClientException$ConsumerBusyException: Exclusive consumer is already connected'],
    nearMisses: ['org.apache.pulsar.client.api.PulsarClientException$ProducerBusyException: x'],
  },
  {
    id: 'metastore-unreachable',
    title: 'The Hive Metastore cannot be reached',
    pattern: /Failed to (?:create|connect to) (?:the )?Hive Metastore|Could not connect to meta ?store/i,
    next: 'hive.metastore.uris of the hive-site.xml that the catalog names, the port 9083 from this machine, and its log; the versions of Hive on both sides.',
    samples: ['org.apache.flink.table.catalog.exceptions.CatalogException: Failed to create Hive Metastore client'],
    nearMisses: ['Connected to metastore.'],
  },
  {
    id: 'load-refused',
    title: 'The warehouse refuses a load',
    pattern: /too many filtered rows|[Ss]tream load failed|Too many parts \(/,
    next: 'The reason behind the address in the message (ErrorURL): rows that do not fit the table; or loads that are too many and too small: larger batches, longer intervals.',
    samples: [
      'com.starrocks.data.load.stream.exception.StreamLoadFailException: Load failed because of error, db: a, table: b, reason: too many filtered rows',
    ],
    nearMisses: ['Stream load succeeded'],
  },
]);

/** What a service answered, by what the exceptions of a chain say ("class: message"); undefined where nothing is known of it. */
export const serviceAnswer = (said: readonly string[]): ServiceAnswer | undefined =>
  SERVICE_ANSWERS.find(({ pattern }) => said.some((text) => pattern.test(text)));

/** What is said instead of an exception whose message is no plain English; null where it speaks for itself. */
export function plainWords(said: string): string | null {
  for (const { instead, pattern, title } of SERVICE_ANSWERS) {
    const match = instead === true ? pattern.exec(said) : null;
    if (match !== null) return match.groups?.what === undefined ? title : `${title}: ${match.groups.what}`;
  }
  return null;
}

/** OpenSearch answers as Elasticsearch does, of which it was made; its clients name it. */
export const serviceTitle = ({ title }: { title: string }, said: string): string =>
  /opensearch/i.test(said) ? title.replace('Elasticsearch', 'OpenSearch') : title;
