import type { RuleTexts } from '../../model.ts';
import type { JAVA_RULES } from './index.ts';

/** What the rules of this room are, in Chinese; in English each tells it itself. */
export const TEXTS: Readonly<Record<keyof typeof JAVA_RULES, RuleTexts>> = {
  'java-callback-under-lock': {
    title: '持锁时进行回调',
    docs: `在 \`synchronized\` 块或方法中，或在 \`lock()\` 与 \`unlock()\` 之间，调用了一个会回调别的对象或会取自己的锁的方法。两个线程这样互相进入对方，就会永远互相等待：FLINK-22946、FLINK-25653、FLINK-9676 以及许多其他缺陷都是这样产生的。所涉及的方法列在一张表中，每个都附有 Flink 历史上把它移出锁外的修改。

调用可能在文件的深处：\`recycle()\` 持有锁并调用 \`addExclusiveBuffer()\`，后者调用 \`recycleBuffer()\`。发现标在内层的调用上，并给出从锁到它的路径。

快速修复把调用放到最外层的锁放开之后：调用所作用的对象存入局部变量（在循环中：存入列表），或由辅助方法交给它的调用者。如果那会改变程序的行为，就不提供修改，并指出原因和位置。死锁是否真会发生，取决于别的线程做什么。如果文件旁边有源码，就会查找该回调的各个实现：找到相反的锁顺序，发现就是**已证实**；没有找到，就只是信息；路径太长，或会调用哪个类太不确定，以致可能没有程序会走的，也只是信息。一个类在构造器中交给另一个类的锁是同一把锁（FLINK-25653）。`,
  },
  'java-lock-order': {
    title: '两个类以相反的顺序取锁',
    docs: `在一把锁之内的调用取了另一个类的锁；而那个类在它的锁之内又来到第一个类。两个线程同时走这两条路，就会永远互相等待：FLINK-29234，job master 的 runner 在它的锁内停止 leader 选举，而选举在自己的锁内授予 leadership。

或者一个调用在锁内把 \`this\` 交给另一个类，而那个类立即在它上面进行已知的回调：FLINK-19026 和 FLINK-19391，channel 在其请求锁内请求 subpartition，还没有离开锁就被告知有数据。单凭这一点是信息。如果回调接着取一把锁，而别的线程在那把锁之内会来到这个类，那就是相反的顺序，路径再长也是警告：对象说明了该调用谁。FLINK-19391 就是这样，当时 gate 在自己的锁内询问它的各个 channel。

以下顺序也是信息：返回的路径经过一个可能到达多个类的调用；只在失败之后才走；另一侧只由这个类发起，因而它能把两者分开。

相关 package 的源码从文件旁边的文件夹读取。**已证实**的是两个类的顺序（两条路径都短时）；是否相遇的是同样两个对象，源码中没有。挂在 Future 上的 lambda 算作就地运行，因为 Future 已完成时就是如此。其他源码在读这个文件时读取：它们改变之后，请修改或打开这个文件。

*怎么办：* 在锁内取出所需的内容，离开锁，然后再调用。`,
  },
  'java-waiting-under-lock': {
    title: '线程持锁时等待',
    docs: `在 \`synchronized\` 块或方法中，或在 \`lock()\` 与 \`unlock()\` 之间，线程睡眠，或等待 Future、CountDownLatch、线程、队列，或执行器的结束。需要这把锁的线程要等同样久；如果所等待的东西自己需要这把锁，两者就永远等待。

**已证实**：所等待的那个执行器的一个任务取同一把锁：FLINK-13253，JDBC upsert output format 的 \`close()\` 在自己的监视器锁内等待 flush 线程，而该线程需要这把监视器锁。以下情况也是警告：这把锁是 Source 的 checkpoint lock（FLINK-17170、FLINK-5638：这期间记录和 Checkpoint 都过不去）、文件中别的 lambda 或类取这把锁，以及重试在循环中睡眠。其他情况是信息。

*怎么办：* 在锁内取出所需的内容，离开锁，然后再等待。对 \`close()\`：在锁内设标志并关闭执行器，在锁后等待它结束。对重试：在锁外睡眠，或把重试交给调度器。`,
  },
  'java-completes-future-under-lock': {
    title: '持锁时完成 Future',
    docs: `完成一个 \`CompletableFuture\` 会当场在这个线程中、在它所持有的锁之内，运行所有用 \`thenRun\`、\`thenApply\`、\`whenComplete\` 等挂在上面的代码。挂在别人能拿到的 Future 上的是别人的代码：它可能取自己的锁，或再回来。

如果该类有方法把这个 Future 交出去，是信息；如果只有这个类能往上面挂东西，是提示。

*怎么办：* 在锁内取出 Future，离开锁，再完成它。`,
  },
  'java-closes-under-lock': {
    title: '持锁时关闭另一个组件',
    docs: `关闭服务、驱动、客户端、执行器或池，会等待它们的线程，或回调使用它们的代码。如果这样的线程需要所持有的锁，两者都无法继续：FLINK-20008 和 FLINK-32311（leader 选举的驱动）、FLINK-29234（runner 的锁内关闭选举服务）。

按类名报告自带线程的组件；流、reader、文件和结果不报告。

*怎么办：* 在锁内把它从字段中取出，离开锁，再关闭它。`,
  },
  'java-blocking-in-function': {
    title: '函数对每条记录都等待',
    docs: `Flink 对每条记录调用的一个方法在睡眠，在等待 Future、CountDownLatch、队列或线程，或向数据库或 Web 服务请求并等待应答。这期间任务线程不做别的：没有别的记录，没有 Checkpoint 的 Barrier，没有定时器。算子之前的部分处于反压。

对其他系统的请求应放进 \`AsyncDataStream.unorderedWait(…)\` 和一个 \`AsyncFunction\`，由它的 \`asyncInvoke()\` 发出请求，并在回调中完成 \`ResultFuture\`。自己等待的 \`asyncInvoke()\` 不比等待的 \`map()\` 好。等待时间应放进定时器（\`ctx.timerService().registerProcessingTimeTimer(…)\`），等待别的东西应放进 \`open()\`。

Sink、Source 和 input format 本来就要等待，不因此报告。经由同一文件的方法到达的调用，会连同到达它的路径一起报告。来自外部的应答只是信息，因为前面的缓存可能使它很少发生。`,
  },
  'java-interrupt-dropped': {
    title: '中断被捕获后丢弃',
    docs: `只记日志或什么也不做的 \`catch (InterruptedException e)\`，拿走了 Flink 用来结束等待中任务的唯一信号。作业被取消时，任务线程会一再被中断；丢弃中断的代码会继续运行，经过 \`task.cancellation.timeout\`（180 s），整个 TaskManager 会被杀死。

如果一个无限循环，或 Flink 所运行的类的循环不顾中断继续下去，以及每条记录都会这样时，是警告；其他情况是信息。会 return、break、throw、设标志、把异常传下去或再次中断线程的子句不报告。

*怎么办：* 方法可以抛出该异常时，让它通过；否则在子句中写 \`Thread.currentThread().interrupt();\` 并结束循环。`,
  },
  'java-function-field-not-serializable': {
    title: '函数的字段无法发送',
    docs: `函数在客户端创建、序列化，再发送到各 TaskManager。如果一个字段到那时已有值（在声明处或由构造器设置），而它的类不能序列化（连接、客户端、线程、流），提交就会以 \`NotSerializableException\` 结束。

在 \`open()\` 中设置的字段在函数发送时为 null：有没有 \`transient\` 都不报告。

*怎么办：* 把字段设为 \`transient\`，在 \`open()\` 中设置它；只把创建它所需的内容（例如地址）交给构造器。`,
  },
  'java-function-static-state': {
    title: '记录会改动函数的静态字段',
    docs: `对每条记录调用的一个方法改变了它的函数的静态字段。作业在同一个 TaskManager 中的所有子任务（保留类加载器时还有下一次执行尝试的子任务）无锁地共享这个字段：值会丢失和混淆。它不在任何 Checkpoint 中，所以失败之后与重新读取的记录不符；换一种并行度或分布，结果就不同。

并发集合和原子类，以及锁内的修改不报告。只交给日志的计数器是信息。

*怎么办：* 把它放在键控状态或算子状态中；计数器请用指标 (metric)。`,
  },
  'java-client-not-closed': {
    title: 'open() 创建的东西没有关闭',
    docs: `函数的 \`open()\` 创建了连接、客户端或线程池，而类中没有代码关闭它。任务在同一进程中的每次执行尝试都会再次调用 \`open()\`：每次重启都留下线程、套接字，并经由它们留下作业的类加载器，直到 TaskManager 没有 Metaspace 或没有线程可用。

*怎么办：* 在 \`close()\` 中关闭它；Flink 在失败之后也会调用 \`close()\`，所以它必须经得起 \`open()\` 只执行了一部分。`,
  },
  'java-static-initializer-waits': {
    title: '静态初始化器等待别的线程',
    docs: `一个静态块或静态字段的值把工作交给别的线程并等待它。类正在初始化时，其他每个使用它的线程都要等待初始化完成；类的 lambda 也是类的一部分。于是池中的线程等待初始化器，而初始化器等待那个线程。任何转储都不显示锁：线程在 \`<clinit>\` 中处于 RUNNABLE，或在某个类上的 \`Object.wait()\` 中等待。FLINK-19435 就是 JDBC Sink 中的一个类初始化死锁。

*怎么办：* 在初始化的线程中计算它，或首次使用时在单独的 holder 类中计算，或在 \`open()\` 中计算。`,
  },
  'java-missing-uid': {
    title: '有状态的算子没有 uid',
    docs: `Savepoint 中的状态按 ID 属于各个算子。没有 \`uid("…")\` 时，ID 由作业图的形状得出：在它之前任何地方增加、删除或链接 (chain) 一个算子，ID 就会改变，状态就找不到它的算子（\`Cannot map checkpoint/savepoint state\`），或在 \`--allowNonRestoredState\` 之下被丢下。

查看的是创建 \`StreamExecutionEnvironment\` 的程序中的 Source、Sink，以及紧跟在 \`keyBy\` 或窗口之后的算子。每个文件一个发现。

*怎么办：* 在它们每个之后写 \`.uid("…")\`，用一个永不改变的名字。SQL planner 会给出自己的 ID。`,
  },
};
