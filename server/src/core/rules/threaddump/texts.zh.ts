import type { RuleTexts } from '../../model.ts';
import type { DUMP_RULES } from './index.ts';

/** What the rules of this room are, in Chinese; in English each tells it itself. */
export const TEXTS: Readonly<Record<keyof typeof DUMP_RULES, RuleTexts>> = {
  deadlock: {
    title: '线程循环地互相等待',
    docs: `这些线程各持有一把锁，而下一个线程正在等待它；最后一个又等待第一个：它们谁也无法再继续。只有重启进程才能结束。

发现中指出的正是环的成员。只是在环后面等待的线程计入被挡住的线程，它们不是原因。

**已证实**：转储显示了每一处等待和每一个持有者。**疑似**：某个成员的等待有超时、某个所有者只能推断，或线程是逐个采样的（\`jcmd Thread.dump_to_file\`）。

JVM 自己的搜索找不到经过虚拟线程的环；本规则能找到。

*怎么办：* 让两条代码路径按同一顺序取锁，或在持有锁时不调用别人的代码（回调、监听器、缓冲回收）。`,
  },
  'class-init-deadlock': {
    title: '类初始化器互相等待',
    docs: `两个线程在运行静态初始化器（\`<clinit>\`），各自需要对方正在初始化的类。Java 语言要求第二个线程等到第一个完成（JVMS 5.5），于是两者永远等待，以后碰到其中任一个类的线程也一样。

这些线程看起来无害：状态是 RUNNABLE，而 JVM 自己的死锁搜索不看类初始化。较新的 JVM 在 jstack 和 jcmd 中打印 \`waiting on the Class initialization monitor\`；没有这一行时（较旧的 JVM、ThreadInfo、Flink 的 REST 转储）发现只是疑似：要确认，请取 \`jcmd <pid> Thread.print\`。

*怎么办：* 打破静态初始化器之间的环，或在启动时由一个线程初始化这两个类（\`Class.forName\`）。`,
  },
  'read-lock-deadlock': {
    title: '写者和一个可能的读者互相等待',
    docs: `一个线程等待读写锁的写锁，而没有线程独占它，所以有读者。任何 JVM 的转储都不说明读者是谁。排在写者后面等待的一个线程自己就在取这把锁的类中，所以它很可能是读者之一；那样两者都无法继续。

总是**疑似**，并列出证据。要确认，请看所指的栈帧是否在 \`readLock().lock()\` 与 \`unlock()\` 之间运行。`,
  },
  'read-lock-upgrade': {
    title: '线程可能在等待自己的读锁',
    docs: `一个线程等待 ReentrantReadWriteLock 或 StampedLock 的写锁，而看不到有线程独占它，所以它很可能被读者持有。任何转储都不说明是谁；不带 -l 选项的 jstack 也不列出谁独占 ReentrantReadWriteLock，而谁持有 StampedLock 则从不列出。没有别的线程在取这把锁的类中，但这个线程就在其中：它很可能自己持有读锁，是在自己的栈的外层取的，或就在请求写锁的方法中取的。读锁不会因请求写锁而升级，于是它永远等待自己。之后要这把锁的线程都排在它后面。

总是**疑似**。要确认，请看请求写锁的代码是否在取读锁与释放读锁之间运行。如果它的栈上没有同一个类的外层栈帧，就只在没有别的线程在该类的包中工作时报告，而且除非有任务在等待，就只是信息：从未释放读锁的读者看起来也是这样。

*怎么办：* 取写锁之前先释放读锁，之后再检查一次条件；对 StampedLock，用 \`tryConvertToWriteLock\` 转换戳记。`,
  },
  'lock-holder-waits': {
    title: '锁的持有者在等待别的东西',
    docs: `一个线程持有一把锁（监视器锁、java.util.concurrent 锁、它正在初始化的类），同时等待不是锁的东西：CountDownLatch、Future、Condition、另一个线程、一个执行器的结束。至少有另一个线程需要那把锁。如果正是那个线程要打开 CountDownLatch、完成 Future 或发出信号，两者就都无法再继续（nested monitor lockout）。JVM 自己的搜索找不到这样的死锁，因为没有谁“持有”一个 CountDownLatch 或 Future。

总是**疑似**：任何转储都不显示谁来完成一个 Future。如果只有一个等待者，而且在同一个类中，几乎总是如此。有超时的等待会自己结束，作为信息报告。

*怎么办：* 持有锁时不要等待。先放开它，或让对方不需要它也能工作。在静态初始化器中不要使用线程池，也不要等待别的线程。`,
  },
  'known-issue': {
    title: 'Flink 或连接器的已知缺陷',
    docs: `转储中的栈、锁和角色具有一个已知缺陷的形态。发现给出 JIRA 编号、原因、有和没有该缺陷的版本，以及规避办法。

**已证实**：一个已证实的死锁具有这种形态，而且与转储相符的每个 Flink 版本都有该缺陷。**疑似**：没有能证明它的锁环，或版本不明。版本由栈帧的行号得出，或由设置 \`logjam.flinkVersion\` 给出。`,
  },
  'not-this-known-issue': {
    title: '看起来像已知缺陷，但该版本已包含修复',
    docs: `这个死锁具有一个已知缺陷的形态，但与转储相符的每个 Flink 版本都已包含修复。不要为那个缺陷升级：看看栈有什么不同，并报告它。`,
  },
  'loop-waits-for-itself': {
    title: '环在等待自己',
    docs: `迭代（\`DataStream#iterate\`）的迭代尾在等待把一条记录放进只容一条记录的反馈队列，而迭代头在等待空闲的输出缓冲。如果两者之间的算子也被反压，环的每个缓冲都满了，什么也动不了。没有锁参与，所以 JVM 不报告死锁。

要确认：再取一份转储，同样的线程停在同样的位置，而且迭代头的 \`numRecordsOut\` 不增长。要打破它：让环体出来的比进去的少，在反馈之前过滤，给环更多网络缓冲，或通过 Kafka 之类的外部系统反馈。`,
  },
  'network-buffers-starved': {
    title: '任务等待独占网络缓冲',
    docs: `正在启动的任务等待整个 TaskManager 的网络缓冲，因为全部已被占用。经过 \`taskmanager.network.memory.exclusive-buffers-request-timeout-ms\`（30 s）后，它们以 "Insufficient number of network buffers" 失败。

调大 \`taskmanager.memory.network.fraction\` 和 \`taskmanager.memory.network.max\`，或降低并行度或 TaskManager 的 Slot 数。在部署的最初时刻取的转储可能短暂地显示同样的情形。`,
  },
  'long-wait-behind-lock': {
    title: '许多线程在一把锁后面等待',
    docs: `一把锁直接或经由其他锁挡住的线程，至少有设置 \`logjam.longWaitThreads\` 所说的那么多。发现标在其持有者不再等待别的锁的那一把上：根阻塞者，只要它前进，其他线程就都能继续。

看持有者在那里做什么：通常的原因是在锁内做输入输出、远程调用或长时间计算。一份转储只显示一个瞬间；如果几秒后的第二份转储显示同一个持有者停在同一位置，就不是巧合。`,
  },
  'slow-work-under-lock': {
    title: '等待一把锁，而其持有者在读写或睡眠',
    docs: `有线程等待的锁，其持有者正在读写文件或连接、等待一个进程，或在睡眠。这要多久，别的线程就多久拿不到锁：别的线程有多快，由一块磁盘、一台服务器或一个常数决定。

等待的线程少于设置 \`logjam.longWaitThreads\` 给出警告（\`long-wait-behind-lock\`）所要求的数目，而一份转储只显示一个瞬间：几秒后的第二份转储会显示是否仍然如此。日志记录器的锁不计在内，它们在写一行时被持有。`,
  },
  'blocks-other-threads': {
    title: '线程持有别人等待的锁，而那些线程不在文本中',
    docs: `arthas 的 \`thread -b\` 打印其锁被最多线程等待的那一个线程，只说明等待者有多少。达到设置 \`logjam.longWaitThreads\` 所说的数目时是警告。

看这个线程在那里做什么：通常的原因是在锁内做输入输出、远程调用或长时间计算。谁在等待，以及这个线程自己是否等待其中之一，完整的转储会显示。`,
  },
  'deadlock-section-differs': {
    title: 'JVM 的死锁段与栈不一致',
    docs: `HotSpot 由它自己的搜索打印 "Found one Java-level deadlock"。这个发现指出同一份转储的栈在哪里得出别的结果：

- 死锁段列出了只是在等待这个环的线程（它打印通向那里的整条路径），所以确切的成员更少；
- 栈构成了一个死锁段没有列出的环，尽管它属于死锁段会查找的种类；
- 死锁段报告了一个栈没有显示的环。栈和死锁段是先后取得的，其间情况可能变了；那么这份转储不属于同一瞬间，值得再取一份。`,
  },
  'task-is-being-cancelled': {
    title: '任务正在取消，还没有结束',
    docs: `转储中有名为 "Canceler …"、"Canceler/Interrupts …" 或 "Cancellation Watchdog …" 的线程，以及它们要取消的任务：任务已被告知结束，却还在。短时间内这是正常的。如果一直这样，要么用户代码吞掉了中断，要么在等待中断无法结束的东西（锁、本地代码、套接字）。经过 \`task.cancellation.timeout\`（180 s），看门狗会结束整个 TaskManager。

看任务的栈中最内层的用户代码栈帧：它必须在 \`InterruptedException\` 和 \`cancel()\` 标志出现时结束。发现会说明它在等待什么，以及可能由哪些线程结束这个等待：如果 \`close()\` 在等待执行器结束 (\`awaitTermination\`)，只要执行器的一个线程卡住，它就一直卡住。`,
  },
  'task-waits-in-user-code': {
    title: '任务在用户代码或连接器代码中等待',
    docs: `子任务的一切都由一个线程做：记录、定时器、Checkpoint、取消。这个线程在等待 CountDownLatch、Future、Condition、队列之类，而不属于 JDK 的最内层栈帧在用户代码或连接器代码中，所以它不是 Flink 自己的那些等待（等 mail、等缓冲）。等待结束之前，这个子任务的其他事情都不运行，它的上游也会被反压。如果要由上述事情之一（Checkpoint 通知、定时器、mail）来结束等待，它就永远不会结束。

Split fetcher 在 \`SplitReader.fetch\` 中等待时也会报告：这时 Source 卡住了，尽管它的任务线程看起来空闲。

JobManager 和 TaskManager 的主线程也一样，它们处理对它们的每个调用，包括心跳；Source 的协调器及其工作线程 (\`callAsync\`) 也一样，它们寻找并分发 split。只作为信息报告的是：它们等待网络时，工作线程在等待时（它会反复寻找 split），以及写 Checkpoint 状态的线程在等待时。

总是**疑似**：一份转储不显示等待持续多久，也不显示谁来完成 Future 或打开 CountDownLatch。停在同一个类中的线程会被列出，因为可能就是它们；在同一个包中为执行器工作的线程和虚拟线程也会列出。如果它们全都停在同一个网络调用中，或在排队等待进入它，消息就会指出这个调用。有超时的等待只作为信息报告，除非是在等待连接池的连接，而没有线程在通过连接进行调用：那时连接很可能被取走而从未归还。

*怎么办：* 几秒后再取一份转储。如果线程还在那里，找出谁该结束这个等待。给每个对外部的等待设超时，请求用异步 I/O，而且绝不要在算子中等待要由它自己的线程来做的事。`,
  },
  'task-waits-for-lock': {
    title: '任务线程等待一把锁',
    docs: `一个任务线程等待另一个线程持有的锁。这期间该子任务的记录、定时器和 Checkpoint 都得不到处理。短时间内这是正常的；如果第二份转储显示同样的情形，看持有者在做什么：通常的原因是任务之间共享的用户代码（静态锁、自带锁的客户端）。`,
  },
  'task-computes-all-along': {
    title: '一个子任务一直在计算，其他的几乎不计算',
    docs: `JVM 会打印每个线程用了多少 CPU（\`cpu=\`，JDK 11 起）和它存在了多久（\`elapsed=\`）。这个任务线程至少十分之九的时间在占用 CPU，而同一顶点的其他子任务几乎没有。要么几乎所有记录都到它这里（倾斜），要么它处理不完其中一条。

栈中能看出两种无休止的循环：

- 不是为多个线程准备的 JDK Map（\`HashMap\`、\`WeakHashMap\`、\`TreeMap\`）：两个线程同时修改它，其中可能形成环，谁去查找，谁就再也回不来。静态的 Map 由一个 TaskManager 中的所有子任务共用。
- 重复之中又有重复的正则表达式，例如 \`(a+\\s?)*\`：对某些文本，每多一个字符，时间就加倍。

看不出循环时只作为信息报告。所有子任务都在大量计算的顶点，是要做的事多，不报告。

总是**疑似**：一份转储不能说明线程停留在那里。

*怎么办：* 再取一份转储：循环停在同一位置。改用 \`ConcurrentHashMap\`，或每个子任务各用一个 Map。改写正则表达式，或限制交给它的文本。看不出循环时，比较各子任务的记录数。`,
  },
  'pool-may-wait-for-itself': {
    title: '线程池的每个线程都在等待结果',
    docs: `一个执行器的所有线程都在运行任务，而每个任务都在同一位置等待 Future 或 CountDownLatch。如果它们等待的东西要在同一个执行器中运行，就没有线程留给它了（线程饥饿）。客户端的线程（给出其应答的线程）带着一个应答调用回调，又在回调中等待另一个应答，也同样报告。转储不说明谁来完成 Future，所以这只是疑似。

如果有任务又在等待这个线程池，而转储中没有别的线程在做这样的工作，也没有线程带来异步客户端的应答，它就是警告：那时任务等待的正是这个线程池，任务与它一起报告。会为等待的线程启动备用线程的 \`ForkJoinPool\` 不算在内。

要确认：在代码中找出这个 Future 从哪里来。如果它提交给了同一个执行器，就为它用另一个执行器，或不要等待它。在回调中，把第二个请求串接起来（\`thenCompose\`），不要等待它。`,
  },
  'resource-pool-exhausted': {
    title: '线程等待连接池之类的池',
    docs: `至少三个线程在同一个方法中等待从队列取出东西、等待许可或 Condition，而这不是工作线程等待工作的循环：它们正在做别的事情的中途。连接池空了就是这个样子。要么取走连接的线程没有归还（找缺少的 \`close()\`，或找持有第一个连接时又取第二个的代码），要么池对使用它的线程来说太小。

任务线程作为“任务在用户代码或连接器代码中等待”报告。

已知的池（HikariCP、Commons DBCP 和 Pool、Druid、c3p0、Tomcat JDBC、Apache HttpClient、Jedis 等）会给出名字。对其中大多数，还会说明是否有线程在通过连接进行调用，或在打开连接：如果没有，连接很可能被取走而从未归还。

总是**疑似**：转储区分不了连接的队列和工作的队列，也不显示池空了多久。`,
  },
  'suspected-bottleneck': {
    title: '拖住其他顶点的顶点',
    docs: `某些顶点的任务线程在等待输出缓冲：它们被反压，原因在它们的下游。下游第一个自己没有被反压的顶点就是瓶颈。转储不知道顶点的次序，所以发现列出正在工作的顶点，最繁忙的在前。

一份转储是一个瞬间：请看 Web UI 中的繁忙和反压时间，或更多转储。`,
  },
  'lock-owner-not-visible': {
    title: '许多线程等待的锁，其持有者不在转储中',
    docs: `线程在为一把锁排队，而转储中没有任何内容说明谁持有它。这是转储的取法所限，所以不下结论；发现说明缺少什么：

- 普通的 \`jstack\` 和 \`kill -3\` 不列出 java.util.concurrent 锁的持有者：请取 \`jstack -l\` 或 \`jcmd <pid> Thread.print -l\`；
- Flink 的转储会截断每个栈（\`cluster.thread-dump.stacktrace-max-depth\`），所以取监视器锁的栈帧可能不在了；
- 读锁由读者持有，任何转储都不显示读者；
- 没有挂载的虚拟线程不在任何 \`jstack\` 中：请在 JDK 24 或更新版本上取 \`jcmd <pid> Thread.dump_to_file -format=json FILE\`。`,
  },
};
