/** What services outside of Flink answer, what ends processes, and bugs of the Kafka connector, in Chinese, by what it is in English. */
export const TEXTS: readonly (readonly [english: string, chinese: string])[] = [
  ['Elasticsearch refuses a document', 'Elasticsearch 拒绝一个文档'],
  [
    'The field in the message against the mapping of the index (GET index/_mapping): change the mapping, or what the sink writes. The same document is refused again after a restart.',
    '将消息中的字段与索引的 mapping（GET index/_mapping）对照：修改 mapping，或修改 sink 写入的内容。重启后同一文档还会被拒绝。',
  ],
  ['Elasticsearch rejects requests: it is overloaded', 'Elasticsearch 拒绝请求：它已过载'],
  [
    'Fewer and smaller bulks with back-off (sink.bulk-flush.*), or more capacity: queues and heap of its nodes.',
    '批次更少更小并带退避（sink.bulk-flush.*），或增加容量：其节点的队列和堆。',
  ],
  ['Elasticsearch has made the index read-only: a disk is full', 'Elasticsearch 已将索引设为只读：磁盘已满'],
  [
    'Space on the disks of its nodes (GET _cat/allocation?v): delete old indices, add disks or nodes. Newer versions then lift the block by themselves, older ones when index.blocks.read_only_allow_delete is set to null.',
    '其节点的磁盘空间（GET _cat/allocation?v）：删除旧索引，增加磁盘或节点。较新的版本随后会自行解除该 block，较旧的版本要把 index.blocks.read_only_allow_delete 设为 null。',
  ],
  ['Elasticsearch has made the index read-only', 'Elasticsearch 已将索引设为只读'],
  [
    'As a rule a disk of its nodes was full (GET _cat/allocation?v): make room, then set index.blocks.read_only_allow_delete to null (PUT index/_settings). Somebody may have set the block by hand as well.',
    '通常是其节点的磁盘已满（GET _cat/allocation?v）：先腾出空间，再把 index.blocks.read_only_allow_delete 设为 null（PUT index/_settings）。该 block 也可能是有人手动设置的。',
  ],
  ['The index of Elasticsearch is closed', 'Elasticsearch 的索引已关闭'],
  [
    'Who closed it: a policy of index lifecycle management, a restore of a snapshot, or somebody by hand. POST index/_open opens it again.',
    '谁关闭了它：索引生命周期管理的策略、快照的恢复，或有人手动关闭。POST index/_open 可重新打开它。',
  ],
  ['A setting of Elasticsearch forbids writing', 'Elasticsearch 的一个设置禁止写入'],
  [
    'Which block the message names: GET index/_settings (index.blocks.*) and GET _cluster/settings (cluster.blocks.*, disk watermarks). Somebody or a policy has set it, as for a shrink, a migration or a read-only phase.',
    '消息中是哪个 block：GET index/_settings（index.blocks.*）和 GET _cluster/settings（cluster.blocks.*、磁盘水位线）。是某人或某个策略设置的，例如为了 shrink、迁移或只读阶段。',
  ],
  ['Elasticsearch has no elected master', 'Elasticsearch 没有选出的 master'],
  [
    'GET _cluster/health and the logs of its master nodes at that time: nodes that are gone, a network that is split, or a cluster that still starts.',
    'GET _cluster/health 以及当时其 master 节点的日志：有节点不在、网络分裂，或集群仍在启动。',
  ],
  ['The position in the binary log of MySQL is no longer there', 'MySQL 的 binlog 中的位置已不存在'],
  [
    'A new snapshot, since what lies between is lost; so that it does not come again: longer retention (binlog_expire_logs_seconds, expire_logs_days before MySQL 8; hosted databases have a setting of their own), and a job that is not stopped for longer. After a failover: does the other server have the same log (GTID)?',
    '重新做一次快照，因为中间的内容已经丢失；要避免再次发生：更长的保留时间（binlog_expire_logs_seconds，MySQL 8 之前为 expire_logs_days；托管数据库有自己的设置），并且作业停止的时间不超过它。如果发生过主备切换：另一台服务器是否有同样的日志（GTID）？',
  ],
  ['The redo log that the source needs is gone from Oracle', '源所需的 redo 日志已不在 Oracle 中'],
  [
    'A new snapshot; so that it does not come again: archived logs that are kept for longer than the job may stand still (retention policy of RMAN, size of the recovery area), and larger redo logs.',
    '重新做一次快照；要避免再次发生：归档日志的保留时间要长于作业可能停止的时间（RMAN 的保留策略、恢复区的大小），并使用更大的 redo 日志。',
  ],
  ['Oracle no longer has the data as they were when the query began', 'Oracle 不再保有查询开始时的数据'],
  [
    'Queries of a snapshot that end sooner: smaller chunks (scan.incremental.snapshot.chunk.size), an index that they can use; or more undo (UNDO_RETENTION, size of the undo tablespace).',
    '让快照的查询更早结束：更小的 chunk（scan.incremental.snapshot.chunk.size）、它们能用的索引；或更多 undo（UNDO_RETENTION、undo 表空间的大小）。',
  ],
  ['The position is no longer in the change tables of SQL Server', '该位置已不在 SQL Server 的变更表中'],
  [
    "A new snapshot: SQL Server words it like this where the start lies before what its clean-up has kept. So that it does not come again: longer retention (sys.sp_cdc_change_job @job_type = N'cleanup', @retention), a job that is not stopped for longer; or CDC was switched off for the table.",
    "重新做一次快照：起点早于其清理任务所保留的内容时，SQL Server 就这样报告。要避免再次发生：更长的保留时间（sys.sp_cdc_change_job @job_type = N'cleanup', @retention），并且作业停止的时间不超过它；也可能是该表的 CDC 被关闭了。",
  ],
  ['The certificate of the other side is not trusted', '对方的证书不受信任'],
  [
    'The CA that issued it has to be in the trust store of the process that connects, here and in every other one that does (ssl.truststore.location, tlsTrustCertsFilePath or as the client calls it; javax.net.ssl.trustStore; security.ssl.* between processes of Flink), or the server has to send its whole chain (openssl s_client -showcerts). A restart changes nothing.',
    '签发它的 CA 必须在发起连接的进程的 truststore 中，这里以及每个会连接的进程都一样（ssl.truststore.location、tlsTrustCertsFilePath 或该客户端自己的选项名；javax.net.ssl.trustStore；Flink 进程之间为 security.ssl.*），或者服务器必须发送完整的证书链（openssl s_client -showcerts）。重启不会有任何改变。',
  ],
  ['Kafka no longer knows the transactional id', 'Kafka 已不认识该 transactional id'],
  [
    'As a rule the job was away for too long: the broker ends an open transaction after transaction.timeout.ms of the producer and forgets its id after transactional.id.expiration.ms (7 days unless it is set). Every restart from that checkpoint meets it again: what the transaction held has to be written anew, and the state of the sink is left behind by a new uid with --allowNonRestoredState. Stop a job that is to stay down with a savepoint.',
    '通常是作业停得太久：broker 会在 producer 的 transaction.timeout.ms 之后结束未完成的事务，并在 transactional.id.expiration.ms（未设置时为 7 天）之后忘记其 id。从该 Checkpoint 的每次重启都会再次遇到：该事务中的内容必须重新写入，而 sink 的状态要通过新的 uid 加 --allowNonRestoredState 来舍弃。要停较长时间的作业，请用 Savepoint 停止。',
  ],
  ['Pulsar does not accept the credentials', 'Pulsar 不接受该凭据'],
  [
    'The token or certificate that source and sink are given (pulsar.client.authPluginClassName, pulsar.client.authParams): whether it has expired, and whether the brokers know its issuer. The admin address needs it as well as the service address.',
    'source 和 sink 得到的 token 或证书（pulsar.client.authPluginClassName，pulsar.client.authParams）：是否已过期，broker 是否认识其签发者。admin 地址和 service 地址都需要它。',
  ],
  ['Pulsar does not allow it', 'Pulsar 不允许该操作'],
  [
    'The role of the token needs consume or produce on the topic or its namespace (pulsar-admin namespaces grant-permission); exactly-once needs the system topics of transactions too.',
    'token 的角色需要对主题或其 namespace 有 consume 或 produce 权限（pulsar-admin namespaces grant-permission）；exactly-once 还需要事务的系统主题。',
  ],
  ['The schema registry does not accept the credentials', 'schema registry 不接受该凭据'],
  [
    'User and password, or the token, that the format is given for the registry (avro-confluent.basic-auth.credentials-source and .user-info, or .bearer-auth.*), with key. or value. before it where the table names the format so: the registry has accounts of its own beside those of Kafka.',
    '为格式设置的 registry 用户名和密码，或 token（avro-confluent.basic-auth.credentials-source 和 .user-info，或 .bearer-auth.*），表中这样命名格式时前面加 key. 或 value.：registry 的账号与 Kafka 的账号是分开的。',
  ],
  ['The schema registry does not allow it', 'schema registry 不允许该操作'],
  [
    'The role of this user in the registry: a source reads the subject, a sink also writes it (unless the schema is registered before and auto.register.schemas is off).',
    '该用户在 registry 中的角色：source 要读取 subject，sink 还要写入（除非 schema 已事先注册且关闭了 auto.register.schemas）。',
  ],
  ['A jar with a Java class is missing in the Python job', 'Python 作业缺少含有某个 Java 类的 jar'],
  [
    'The jar of the connector or format, which PyFlink does not bring along: --jarfile of flink run, pipeline.jars in the configuration, env.add_jars("file:///…") in the program, or lib/ of the PyFlink that runs it. For connectors the one that is called flink-sql-connector-…, in the version for this Flink.',
    'PyFlink 不自带的 connector 或格式的 jar：flink run 的 --jarfile，配置中的 pipeline.jars，程序中的 env.add_jars("file:///…")，或运行它的 PyFlink 的 lib/。connector 要用名为 flink-sql-connector-… 的那个，版本与此 Flink 对应。',
  ],
  ["No space is left on the disk of the JobManager's BLOB server", 'JobManager 的 BLOB server 所在磁盘没有空间了'],
  [
    'df -h on the machine of the JobManager: its BLOB server keeps jars and large messages in blob.storage.directory, without that below one of its io.tmp.dirs, and with high availability in high-availability.storageDir too.',
    '在 JobManager 的机器上执行 df -h：它的 BLOB server 把 jar 和大消息存放在 blob.storage.directory 中；未设置时在它的某个 io.tmp.dirs 之下；启用高可用时还存放在 high-availability.storageDir 中。',
  ],
  ["The directory of the JobManager's BLOB server is gone", 'JobManager 的 BLOB server 的目录已不存在'],
  [
    'What deletes old files on the machine of the JobManager (systemd-tmpfiles, tmpwatch) took it from below its io.tmp.dirs: set blob.storage.directory to a directory that nobody cleans, and restart the JobManager, which makes it anew.',
    'JobManager 机器上清理旧文件的程序（systemd-tmpfiles、tmpwatch）删掉了它在 io.tmp.dirs 之下的目录：把 blob.storage.directory 设为没有人清理的目录，再重启 JobManager，它会重新建立该目录。',
  ],
  ["Hadoop's delegation token expired or was cancelled", 'Hadoop 的 delegation token 已过期或已被取消'],
  ["Hadoop's delegation token has expired", 'Hadoop 的 delegation token 已过期'],
  ['Kafka does not accept the credentials', 'Kafka 不接受该凭据'],
  [
    'sasl.jaas.config, sasl.mechanism and security.protocol of this source or sink (properties.* in a table), and the user in Kafka: password changed, user deleted, another mechanism; with Kerberos its ticket and keytab (security.kerberos.login.*).',
    '该 source 或 sink 的 sasl.jaas.config、sasl.mechanism 和 security.protocol（表中为 properties.*），以及 Kafka 中的用户：密码已改、用户已删除、机制不同；使用 Kerberos 时还有其票据和 keytab（security.kerberos.login.*）。',
  ],
  ['Kafka does not allow it', 'Kafka 不允许该操作'],
  [
    'ACLs of this user for what is named (kafka-acls --list): Read and Describe on topic and group for a source; Write and Describe on the topic for a sink, and with exactly-once on its transactional ids.',
    '该用户对所提到对象的 ACL（kafka-acls --list）：source 需要主题和消费组的 Read 与 Describe；sink 需要主题的 Write 与 Describe，exactly-once 时还需要其 transactional id 的权限。',
  ],
  ['RabbitMQ does not accept the login', 'RabbitMQ 不接受该登录'],
  [
    'User, password and virtual host of the connection, and the permissions of that user there (rabbitmqctl list_user_permissions); the user guest may log in from localhost only.',
    '连接的用户、密码和 virtual host，以及该用户在那里的权限（rabbitmqctl list_user_permissions）；用户 guest 只能从 localhost 登录。',
  ],
  ['Elasticsearch does not accept the user', 'Elasticsearch 不接受该用户'],
  [
    'User and password, or key, of the connection, and the roles of that user: writing needs create_index, write and for upserts read on the index that is named.',
    '连接的用户和密码或密钥，以及该用户的角色：写入需要所提到索引的 create_index、write，upsert 还需要 read。',
  ],
  ['The user of the database lacks a right', '数据库用户缺少权限'],
  [
    'Grant what the message names. A CDC source of MySQL needs SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE and REPLICATION CLIENT; one of PostgreSQL REPLICATION and the tables of its publication.',
    '授予消息中提到的权限。MySQL 的 CDC 源需要 SELECT、RELOAD、SHOW DATABASES、REPLICATION SLAVE 和 REPLICATION CLIENT；PostgreSQL 的需要 REPLICATION 及其 publication 的表。',
  ],
  ['The database does not accept the user', '数据库不接受该用户'],
  [
    'User and password of the connection, and from where that user may log in: MySQL goes by user and host (in the message), PostgreSQL by pg_hba.conf.',
    '连接的用户和密码，以及该用户可以从哪里登录：MySQL 按用户和主机（见消息）判断，PostgreSQL 按 pg_hba.conf。',
  ],
  ['A file of the table is gone', '表的一个文件已不存在'],
  [
    'Who deleted it: expiry of snapshots or removal of orphan files with too short an age, a lifecycle rule of the bucket, another table at the same location. A job that reads on from a snapshot that has expired starts anew from one that is there; a table without its metadata is registered again from an older metadata.json.',
    '谁删除了它：时限过短的快照过期或孤儿文件清理、存储桶的生命周期规则、位于同一位置的另一张表。从已过期快照继续读的作业要从仍存在的快照重新开始；缺少元数据的表要用较早的 metadata.json 重新注册。',
  ],
  ['Another writer changed the table first', '另一个写入者先修改了该表'],
  [
    'Who else commits to the table at that time (compaction, expiry of snapshots, a second job)? Give it another time or take it out of the job; more retries of commits in the properties of the table.',
    '当时还有谁向该表提交（compaction、快照过期、第二个作业）？让它换个时间或移出该作业；在表属性中增加提交的重试次数。',
  ],
  ['Another job has compacted the same files of the table', '另一个作业已经合并（compaction）了该表的同一批文件'],
  [
    'Two jobs write into the same partition and both compact it (in Paimon conflicts come from compaction): set write-only = true for every writer and compact by a job of its own. One conflict heals by the restart; it comes again where the job is restored from an old savepoint while another one writes, or where checkpoints take long under back-pressure.',
    '两个作业写入同一分区并且都做 compaction（Paimon 的冲突来自 compaction）：给每个写入作业设置 write-only = true，并用单独的作业做 compaction。一次冲突经重启即可恢复；如果作业从旧的 savepoint 恢复而另一个作业仍在写入，或反压使 checkpoint 耗时很长，它会再次出现。',
  ],
  ['The position in the change stream is no longer there', 'change stream 中的位置已不存在'],
  [
    'A new snapshot; so that it does not come again: a larger oplog (or replSetResizeOplog with minRetentionHours), and checkpoints often enough.',
    '重新做一次快照；要避免再次发生：更大的 oplog（或 replSetResizeOplog 的 minRetentionHours），并且足够频繁地做 Checkpoint。',
  ],
  ['PostgreSQL has removed the log that the slot needs', 'PostgreSQL 已删除该 slot 所需的日志'],
  [
    'A new snapshot with a new slot; so that it does not come again: max_slot_wal_keep_size and wal_keep_size, and a job that is not stopped for longer than that.',
    '用新的 slot 重新做一次快照；要避免再次发生：max_slot_wal_keep_size 和 wal_keep_size，并且作业停止的时间不超过它们。',
  ],
  ['The replication slot of PostgreSQL is in use', 'PostgreSQL 的复制 slot 正被使用'],
  [
    'Another job, or an attempt that has not ended, reads from it: a slot.name for each job; pg_terminate_backend ends a session that was left behind.',
    '另一个作业或一次尚未结束的尝试正在读它：每个作业用自己的 slot.name；pg_terminate_backend 可结束遗留的会话。',
  ],
  ['Kinesis throttles', 'Kinesis 限流'],
  [
    'More shards, enhanced fan-out for each consumer, or fewer reads (flink.shard.getrecords.intervalmillis): all consumers of a shard share its limit.',
    '更多分片、每个消费者使用增强型扇出，或减少读取（flink.shard.getrecords.intervalmillis）：一个分片的所有消费者共享其上限。',
  ],
  ['The object store throttles', '对象存储限流'],
  [
    'Fewer requests: longer intervals of checkpoints, fewer small files of state (state.storage.fs.memory-threshold), s3.entropy.key in the path so that keys spread; more retries of the client.',
    '减少请求：更长的 Checkpoint 间隔、更少的小状态文件（state.storage.fs.memory-threshold）、路径中使用 s3.entropy.key 以分散键；增加客户端的重试次数。',
  ],
  ['The NameNode of HDFS is in safe mode', 'HDFS 的 NameNode 处于安全模式'],
  [
    'hdfs dfsadmin -safemode get and the log of the NameNode: a disk of its own that is full, or blocks that are missing. Nothing is written until it leaves that mode.',
    'hdfs dfsadmin -safemode get 以及 NameNode 的日志：它自己的磁盘已满，或缺少数据块。退出该模式之前什么也不会写入。',
  ],
  ['HDFS has no DataNode for a block', 'HDFS 没有可用于数据块的 DataNode'],
  [
    'hdfs dfsadmin -report: DataNodes that are gone, whose disks are full, or that the client cannot reach at their data port.',
    'hdfs dfsadmin -report：已消失的、磁盘已满的，或客户端无法通过数据端口连到的 DataNode。',
  ],
  ['The connection to the database was lost', '与数据库的连接断了'],
  [
    'The log of the database at that time: a restart, a failover, or connections that it or a firewall closes when they are idle (MySQL: wait_timeout). Connections that are checked before use and retries (sink.max-retries) let that pass.',
    '当时数据库的日志：重启、故障切换，或者它或防火墙关闭了空闲的连接（MySQL：wait_timeout）。使用前检查连接并重试（sink.max-retries）可以度过。',
  ],
  ['The database takes no more connections', '数据库不再接受连接'],
  [
    'Connections needed (parallelism of every sink, source and look-up, times the size of their pools) against those the database allows (max_connections).',
    '所需的连接数（每个 sink、source 和 lookup 的并行度乘以其连接池大小）与数据库允许的（max_connections）对照。',
  ],
  ['The database refuses a row', '数据库拒绝一行'],
  [
    'The row against the types and constraints of the table: the same row fails again after a restart. With a PRIMARY KEY in its DDL the JDBC sink writes upserts in place of inserts.',
    '将该行与表的类型和约束对照：重启后同一行还会失败。DDL 中有 PRIMARY KEY 时，JDBC sink 写 upsert 而不是 insert。',
  ],
  ['The database gave a transaction up because of locks', '数据库因锁而放弃一个事务'],
  [
    'Who else writes these rows: subtasks that write the same keys (key the stream by the primary key before the sink), another job, a batch. Smaller batches and retries (sink.max-retries) let it pass.',
    '还有谁写这些行：写相同键的子任务（在 sink 之前按主键 keyBy）、另一个作业、一个批处理。更小的批次和重试（sink.max-retries）可以度过。',
  ],
  ['The transaction timeout is larger than the broker allows', '事务超时大于 broker 所允许的'],
  [
    'transaction.timeout.ms of the sink (1 h unless it is set) at most transaction.max.timeout.ms of the broker (15 min unless it is set).',
    'sink 的 transaction.timeout.ms（未设置时为 1 h）不超过 broker 的 transaction.max.timeout.ms（未设置时为 15 min）。',
  ],
  ['Another producer uses the same transactional id', '另一个 producer 使用同一个事务 id'],
  [
    'Two jobs, or two attempts at once, with one transactional id prefix; or the broker ended a transaction that stood open for longer than transaction.timeout.ms.',
    '两个作业或同时的两次尝试使用同一个事务 id 前缀；或者 broker 结束了一个打开时间超过 transaction.timeout.ms 的事务。',
  ],
  ['A record is larger than Kafka takes', '一条记录大于 Kafka 所接受的'],
  [
    'max.request.size of the producer and max.message.bytes of the topic (message.max.bytes of the broker), compression.type, or smaller records: a restart meets the same one again.',
    'producer 的 max.request.size 和 topic 的 max.message.bytes（broker 的 message.max.bytes）、compression.type，或更小的记录：重启后还会遇到同一条。',
  ],
  ['The offset is no longer in the topic', '该 offset 已不在 topic 中'],
  [
    'The topic was deleted, made anew, or kept for less time than the job stood still (retention.ms); where the job may go on from is its start position (scan.startup.mode, OffsetResetStrategy).',
    'topic 被删除、重建，或保留时间短于作业停止的时间（retention.ms）；作业可以从哪里继续由起始位置决定（scan.startup.mode、OffsetResetStrategy）。',
  ],
  ['The topic does not exist', '该 topic 不存在'],
  [
    'Its name and that of the cluster; whether it was deleted, or whether topics are made by themselves there (auto.create.topics.enable).',
    '它的名字和集群的名字；它是否被删除，或者那里是否自动创建 topic（auto.create.topics.enable）。',
  ],
  ['The schema registry does not have the schema', 'schema registry 中没有该 schema'],
  [
    'The address of the registry in the options of the format, and whether the records were written with that registry and by its serializer: the id stands in the first bytes of each.',
    'format 选项中 registry 的地址，以及记录是否用该 registry 及其序列化器写入：id 在每条记录的最前几个字节中。',
  ],
  ['The schema registry refuses a schema', 'schema registry 拒绝一个 schema'],
  [
    'The new schema against the compatibility that is set for the subject: a default for new fields, or a subject of its own.',
    '将新 schema 与为该 subject 设置的兼容性对照：为新字段给默认值，或使用单独的 subject。',
  ],
  ['Cassandra does not answer in time', 'Cassandra 没有及时应答'],
  [
    'Load, collections and hints of its nodes at that time (nodetool tpstats); fewer requests at a time by the sink (setMaxConcurrentRequests), or a longer time-out of the driver.',
    '当时其节点的负载、垃圾回收和 hint（nodetool tpstats）；减少 sink 同时的请求数（setMaxConcurrentRequests），或加长驱动的超时。',
  ],
  ['HBase cannot serve a region', 'HBase 无法服务一个 region'],
  [
    'The log of the master and of the region server that is named: regions in transition, splits, memstores that are not flushed, a table that is disabled.',
    'master 和所提到的 region server 的日志：处于转换中的 region、分裂、没有刷写的 memstore、被禁用的表。',
  ],
  ['RabbitMQ has the queue with other properties', 'RabbitMQ 中的该队列属性不同'],
  [
    'The queue exists and was declared otherwise (durable, arguments): override setupQueue of the source or sink, or delete the queue.',
    '该队列已存在而声明不同（durable、arguments）：重写 source 或 sink 的 setupQueue，或删除该队列。',
  ],
  ['The Hive Metastore cannot be reached', '无法连到 Hive Metastore'],
  [
    'hive.metastore.uris of the hive-site.xml that the catalog names, the port 9083 from this machine, and its log; the versions of Hive on both sides.',
    'catalog 所指的 hive-site.xml 中的 hive.metastore.uris、从本机到端口 9083 的连接，以及它的日志；两边的 Hive 版本。',
  ],
  ['The warehouse refuses a load', '数仓拒绝一次导入'],
  [
    'The reason behind the address in the message (ErrorURL): rows that do not fit the table; or loads that are too many and too small: larger batches, longer intervals.',
    '消息中的地址（ErrorURL）给出原因：不符合表的行；或导入太多太小：更大的批次、更长的间隔。',
  ],
  [
    'A type that Flink has no serializer for goes to Kryo, which cannot make or fill every class (immutable collections, no constructor without arguments, modules of Java 17): make it a POJO, give its type (returns(…), @TypeInfo), or register a serializer.',
    'Flink 没有相应序列化器的类型会交给 Kryo，而它不能创建或填充每个类（不可变集合、没有无参构造函数、Java 17 的模块）：把它改成 POJO、给出类型（returns(…)、@TypeInfo），或注册一个序列化器。',
  ],
  ['A TaskManager could not be asked for', '无法申请 TaskManager'],
  [
    'Kubernetes or YARN refused it; the exception below says why. It is asked for again.',
    'Kubernetes 或 YARN 拒绝了它；下面的异常说明原因。之后会再次申请。',
  ],
  ['A TaskManager was started and did not register', '一个 TaskManager 启动后没有注册'],
  [
    'Its pod or container waits for a machine or an image, it ended as it started, or it does not reach the JobManager.',
    '其 Pod 或容器在等待机器或镜像、启动时就结束了，或连不到 JobManager。',
  ],
  [
    'kubectl describe pod (or the NodeManager) for what it waits for, and its own log for why it does not register; resourcemanager.taskmanager-registration.timeout.',
    '用 kubectl describe pod（或 NodeManager）看它在等什么，用它自己的日志看为什么没有注册；resourcemanager.taskmanager-registration.timeout。',
  ],
  ['A program ended with an exception', '一个程序因异常而结束'],
  [
    'The JVM prints what its main method threw: a start script, a client or the job itself ended there.',
    'JVM 打印其 main 方法抛出的内容：启动脚本、客户端或作业本身在那里结束。',
  ],
  ['Native code ended the process', '本地代码结束了进程'],
  [
    'A library in C++ threw what nothing caught; the runtime prints this to standard output and aborts. std::bad_alloc: the operating system gave it no memory.',
    '一个 C++ 库抛出了没有被捕获的异常；运行时把它打印到标准输出并中止。std::bad_alloc：操作系统没有给它内存。',
  ],
  ['Another consumer holds the subscription', '另一个消费者占用该订阅'],
  [
    'Another job, or an attempt that has not ended, reads with the same subscription of Pulsar: a name for each job (pulsar.consumer.subscriptionName); an exclusive one takes one consumer.',
    '另一个作业或一次尚未结束的尝试用同一个 Pulsar 订阅读取：每个作业用自己的名字（pulsar.consumer.subscriptionName）；独占订阅只容一个消费者。',
  ],
  ['A reader of the dynamic Kafka source gets no more splits', '动态 Kafka source 的一个 reader 不再得到分片'],
  [
    'The source is bounded and all its splits are handed out: the reader ends behind those that it has.',
    '该 source 有界，所有分片都已分发：reader 读完已有的分片就结束。',
  ],
  ['A reader of the dynamic Kafka source is told clusters and topics', '动态 Kafka source 的一个 reader 得知集群和 topic'],
  [
    'Readers of each cluster are made anew, where clusters or topics have changed; splits of those that are gone are dropped.',
    '集群或 topic 有变化时会重建各集群的 reader；已消失者的分片被丢弃。',
  ],
  ['The dynamic Kafka source drops a split', '动态 Kafka source 丢弃一个分片'],
  ['Its cluster or topic is no longer among those of the stream.', '它的集群或 topic 已不在该流之中。'],
  ['Kafka connector 3.1 and newer', 'Kafka 连接器 3.1 及更新'],
  ['Dynamic Kafka source: a reader without splits never ends', '动态 Kafka source：没有分片的 reader 永不结束'],
  [
    'A reader that is told first that there are no more splits, and then the clusters and topics, does not hand the former on to the readers that it makes for them. It waits for splits for ever, and the bounded job never finishes.',
    '先被告知不再有分片、然后才得知集群和 topic 的 reader，不会把前者转告它为它们创建的 reader。它永远等待分片，有界作业永不完成。',
  ],
  [
    'A bug of the Kafka connector (5.0.0 and before, as its sources show), not of a Flink version; the fix was merged in August 2026.',
    'Kafka 连接器的缺陷（如其源码所示，5.0.0 及之前），不属于某个 Flink 版本；修复于 2026 年 8 月合并。',
  ],
  ['DynamicKafkaSource with bounds, and more subtasks than splits.', '有界的 DynamicKafkaSource，且子任务多于分片。'],
  ['A parallelism of at most the number of partitions.', '并行度不超过分区数。'],
  [
    'the source is bounded, and no "Adding splits to reader" stands in the log for the subtask that does not end',
    '该 source 有界，并且日志中对不结束的子任务没有 "Adding splits to reader"',
  ],
  ['Dynamic Kafka source: a split that was dropped holds the watermark back', '动态 Kafka source：被丢弃的分片拖住 watermark'],
  [
    'Splits of clusters or topics that are gone are dropped, but their outputs are not released. The watermark of the source is the least of all outputs, and stays where the dropped split left it.',
    '已消失的集群或 topic 的分片被丢弃，但它们的输出没有释放。source 的 watermark 是所有输出中最小的，于是停在被丢弃的分片留下的位置。',
  ],
  [
    'A bug of the Kafka connector before 5.0.0 (its sources show it in 4.0.1 and no more in 5.0.0), not of a Flink version.',
    '5.0.0 之前的 Kafka 连接器的缺陷（其源码显示 4.0.1 中有、5.0.0 中没有），不属于某个 Flink 版本。',
  ],
  [
    'DynamicKafkaSource, event time, and a cluster or topic that was taken out of the stream.',
    'DynamicKafkaSource、事件时间，并且有集群或 topic 从流中移除。',
  ],
  [
    'Restart the job from a checkpoint once the metadata has changed; Kafka connector 5.0.0 or later.',
    '元数据变化之后从 Checkpoint 重启作业；Kafka 连接器 5.0.0 或更新。',
  ],
  [
    'the watermark of that source stands still since, and the connector is older than 5.0.0',
    '该 source 的 watermark 自那时起停住，并且连接器早于 5.0.0',
  ],
  ['The program of the job ended with an exception', '作业的程序因异常而结束'],
  [
    'Its main method, which the JobManager runs, threw the exception below: there is no job.',
    '由 JobManager 运行的 main 方法抛出了下面的异常：没有作业。',
  ],
];
