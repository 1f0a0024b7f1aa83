import type { ReliefCode } from '../../analysis/java/danger.ts';
import type { Cost, CostCode, PurposeFacts, ReasonPlaceFacts } from '../../analysis/java/edit/plan.ts';
import type { BlockingKind } from '../../analysis/java/jobs/blocking.ts';
import type { HeldLock } from '../../analysis/java/locks.ts';
import { fitting, listInChinese, say, type Words } from '../../wording.ts';
import type { JavaFacts, LockFact, OrderFact, WaitReason } from './facts.ts';
import type * as english from './words.en.ts';

const RELIEFS: Record<ReliefCode, string> = {
  'event-buffer': '这个缓冲是事件，它的内存不属于任何池',
  'reference-count': '这个缓冲在本方法中被 slice 或 retain 过，所以这次调用只减少引用计数',
  defused: '池所回调的代码在取锁之前会先看通道是否已释放',
  'lock-not-shared': '这个类之外没有谁能拿到这把锁',
};

const COSTS: Record<CostCode, (cost: Cost) => string> = {
  finally: () => '代码块可能提前离开，所以调用要放在包住它的 finally 中',
  'block-for-method': () => '方法改为锁住一个代码块，而不是自身 synchronized',
  signature: ({ methods = [] }) => `${methods.map((name) => `${name}()`).join(' 和 ')} 的签名会改变：包中调用它的其他文件必须跟着改`,
  order: () => '锁不再保证两个线程的调用顺序',
  'published-before': ({ method }) => `代码块稍后写入的内容会被别处不加锁地读取，它们现在会在 ${method}() 被调用之前看到它`,
  'unknown-before': ({ method }) => `代码块中在它之后的一个调用现在会在 ${method}() 之前进行`,
  'written-before': ({ method }) => `代码块稍后的改动会在 ${method}() 被调用之前完成，而它可能会看这些内容`,
  'comes-back': ({ method }) => `${method}() 可能回到这个对象，那时看到的是代码块结束时的样子`,
  'exception-late': ({ method }) => `${method}() 的异常会在代码块的其余部分完成之后才出现`,
  'shared-argument': ({ method }) => `交给 ${method}() 的东西在锁释放之后可能被别人改动`,
  'signals-first': ({ method }) => `等待这把锁的线程会在 ${method}() 被调用之前被唤醒`,
  'asked-under-lock': ({ method }) => `另一处在锁内查询 ${method}() 所做的事，现在可能查得太早`,
  'local-remedy': () =>
    '局部的补救：调用仍在锁内，但两个通道不再互相交出缓冲，因为正在等待的通道不会交出缓冲；等待的通道可能会在一段时间内多占一个缓冲',
};

export const costWords: typeof english.costWords = (costs) => (costs.length === 0 ? null : costs.map((cost) => COSTS[cost.code](cost)).join('；'));

const lockNamed = (kind: HeldLock['kind'], name: string): string => {
  if (kind === 'lock') return `锁 ${name}`;
  return kind === 'synchronized-method' ? '自身对象的监视器锁' : `${name} 的监视器锁`;
};

const lockWords = ({ kind, name }: LockFact): string => lockNamed(kind, name);

const BLOCKING: Record<BlockingKind, string> = {
  sleep: '会睡眠',
  future: '会等待 Future',
  thread: '会等待一个线程结束',
  latch: '会等待别的线程',
  termination: '会等待执行器结束',
  queue: '会等待队列有空位或有元素',
  http: '会等待 Web 服务的应答',
  jdbc: '会等待数据库的应答',
};

const calls = (names: readonly string[]): string => names.map((name) => `${name}()`).join('、');

const through = (names: readonly string[]): string[] => (names.length === 0 ? [] : [`从锁到这个调用的路径：${calls(names)}。`]);

const WHY: Record<WaitReason, string> = {
  'same-executor': '这个执行器的一个任务需要同一把锁，所以两者都不会再继续。',
  'other-side': '这个类的另一个线程需要同一把锁。',
  'checkpoint-lock': '这是 Checkpoint 锁：其间记录和 Checkpoint 都过不去。',
  retry: '它一再睡眠，需要这把锁的线程就一直等着。',
  plain: '需要这把锁的线程就一直等着。',
};

const DROPPED: Record<JavaFacts['java-interrupt-dropped']['why'], string> = {
  loop: '任务被取消时，循环会继续',
  record: '被取消时，函数会继续处理下一条记录',
  plain: '中断线程的一方得不到响应',
};

const ways = (steps: readonly string[]): string => (steps.length > 3 ? `${steps[0]} … ${steps.at(-1)}` : steps.join('，'));

const SAME_OBJECTS = '两边是否是同样的两个对象，源代码中看不出来。';

function orderWords(order: OrderFact): string {
  switch (order.known) {
    case 'way':
      return `相反的顺序：${ways(order.back)}。${SAME_OBJECTS}`;
    case 'same-code':
      return '同样的代码在另一个对象上按相反的顺序运行。两者是否会相遇，源代码中看不出来。';
    case 'absent':
      return '这个文件周围的源代码没有按相反的顺序取锁。';
    case 'nothing':
      return '是否有别的线程按相反的顺序取锁，从一个文件中看不出来。';
  }
}

const NOT_SHOWN = '它运行什么、取哪些锁，这个文件中看不出来。';

export const JAVA_RULE_WORDS: typeof english.JAVA_RULE_WORDS = {
  findings: {
    'java-blocking-in-function': {
      message: ({ method, base, waits }) => fitting([method, base], (name, of) => `${of} 中的 ${name}() ${BLOCKING[waits]}`),
      details: ({ through: names }) => [
        '其间任务什么别的都不做，连 Checkpoint 也不做。',
        ...(names.length === 0 ? [] : [`它经由 ${calls(names)} 到达。`]),
      ],
      advice: ({ base, waits }) => [
        base.includes('Async') ? 'asyncInvoke() 应该发出请求就返回。' : waits === 'sleep' ? '定时器不会挡住任务。' : '异步 I/O 不会挡住任务。',
      ],
      evidence: ({ method, waits }) => [`${method}() ${BLOCKING[waits]}。`],
      missing: () => ['它等待多久、多频繁，不在源代码中。'],
    },
    'java-callback-under-lock': {
      message: ({ method, lock, relief }) =>
        fitting([method, lock.name], (name, held) =>
          relief === null
            ? `持有${lockNamed(lock.kind, held)}时调用了 ${name}()`
            : `在${lockNamed(lock.kind, held)}内的 ${name}()：就这个文件而言没有危险`,
        ),
      details: ({ danger, through: names, relief, more }) => [
        ...(relief === null ? [] : [`${RELIEFS[relief]}。`]),
        `${danger}。`,
        ...through(names),
        ...(more > 0 ? [`这个文件中还有 ${more} 处没有列出。`] : []),
      ],
      evidence: ({ method, lock }) => [`${method}() 在${lockWords(lock)}内运行。`],
      missing: ({ order }) => [orderWords(order)],
    },
    'java-client-not-closed': {
      message: ({ field, type, closing }) => fitting([field, type], (name, of) => `open() 创建了 ${name} (${of})，但没有谁对它调用 ${closing}()`),
      details: () => ['任务每次重启都会留下一个。'],
      evidence: ({ field }) => [`除了 open() 和处理记录的方法，这个类没有别的方法提到 ${field}。`],
      missing: () => ['它所继承的类可能会关闭它。'],
    },
    'java-closes-under-lock': {
      message: ({ method, type, lock }) =>
        fitting([method, type, lock.name], (name, of, held) => `持有${lockNamed(lock.kind, held)}时调用了 ${of} 的 ${name}()`),
      details: () => ['它可能等待需要这把锁的线程。'],
      evidence: ({ method, lock }) => [`持有${lockWords(lock)}时调用了 ${method}()。`],
      missing: () => [NOT_SHOWN],
    },
    'java-completes-future-under-lock': {
      message: ({ method, lock }) => fitting([method, lock.name], (name, held) => `持有${lockNamed(lock.kind, held)}时 ${name}() 完成了一个 Future`),
      details: ({ open }) => [
        '挂在这个 Future 上的代码会在这里、在锁内运行。',
        ...(open ? ['这个 Future 交到了外面，所以那可能是别人的代码。'] : []),
      ],
      evidence: ({ method, lock }) => [`持有${lockWords(lock)}时调用了 ${method}()。`],
      missing: () => [NOT_SHOWN],
    },
    'java-function-field-not-serializable': {
      message: ({ field, type }) => fitting([field, type], (name, of) => `作业无法提交：${name} (${of}) 不能序列化`),
      details: ({ base }) => [`在这个 ${base} 被发送之前，它就有了值。`],
      evidence: ({ type }) => [`${type} 不可序列化，而该字段既不是 static 也不是 transient。`],
    },
    'java-function-static-state': {
      message: ({ field, base }) => fitting([field, base], (name, of) => `每条记录都会改动这个 ${of} 的静态字段 ${name}`),
      details: () => ['一个 TaskManager 的各子任务不加锁地共享它，而且没有 Checkpoint 包含它。'],
      evidence: () => ['该字段是静态的，而对每条记录都会调用的方法改动了它。'],
    },
    'java-interrupt-dropped': {
      message: ({ why }) => `中断被丢弃：${DROPPED[why]}`,
      details: ({ why, inFunction }) => (inFunction && why !== 'plain' ? ['180 s 之后 TaskManager 会被杀死。'] : []),
      evidence: () => ['这个 catch 子句既没有离开，也没有继续抛出异常，也没有再次中断线程。'],
    },
    'java-lock-order': {
      message: ({ lock, taken }) => fitting([lock, taken], (one, other) => `取锁顺序相反：${one} 和 ${other}`),
      details: ({ method, lock, taken, way, back }) => [
        `${method}() 在 ${lock} 内取 ${taken}（${ways(way)}）。`,
        back.length === 0 ? '同样的代码在另一个对象上方向相反。' : `方向相反的在 ${ways(back)}。`,
      ],
      evidence: ({ lock, taken, way, back }) => [
        `先 ${lock} 后 ${taken}：${way.join('，')}。`,
        `先 ${taken} 后 ${lock}：${back.join('，') || '同样的代码，在另一个对象上'}。`,
      ],
      missing: () => [SAME_OBJECTS],
    },
    'java-lock-order-comes-back': {
      message: ({ method, lock, callback }) => fitting([method, lock, callback], (name, held, back) => `${held} 内的 ${name}() 会立即回调 ${back}()`),
      details: ({ callback }) => [`这个类的 ${callback}() 可能接着取别的锁。`],
      evidence: ({ way }) => [`路径：${way.join('，')}。`],
      missing: () => ['这个文件周围的源代码没有按相反的顺序取锁。'],
    },
    'java-missing-uid': {
      message: ({ operators, count }) => fitting([listInChinese([...new Set(operators)])], (names) => `${count} 个有状态的算子没有 uid：${names}`),
      details: () => ['作业改动之后，Savepoint 可能不再适用。'],
      evidence: () => ['在这条调用链上以及它所赋值的变量上，都没有 uid()。'],
    },
    'java-static-initializer-waits': {
      message: ({ method }) => fitting([method], (name) => `${name}() 在静态初始化器中等待的线程，又在等待这个类`),
      details: () => ['那些线程需要的类，要等这个调用结束才初始化完成。'],
      evidence: () => ['这个调用在静态初始化器中，它结束之前一直占着这个类。'],
    },
    'java-waiting-under-lock': {
      message: ({ waits, method, lock, why }) =>
        fitting([method, lock.name], (name, held) =>
          why === 'same-executor'
            ? `死锁：${name}() 等待的任务需要${lockNamed(lock.kind, held)}`
            : `持有${lockNamed(lock.kind, held)}时，${name}() ${BLOCKING[waits]}`,
        ),
      details: ({ why, through: names }) => [WHY[why], ...through(names)],
      evidence: ({ waits, method, lock }) => [`持有${lockWords(lock)}时，${method}() ${BLOCKING[waits]}。`],
      missing: ({ why }) =>
        why === 'plain' || why === 'retry' || why === 'checkpoint-lock' ? ['所等待的一方是否需要这把锁，这个文件中看不出来。'] : [],
    },
  },
  related: {
    'called-on-way': ({ method }) => `${method}() 在这里被调用`,
    'lock-taken': ({ lock }) => `在这里取得${lockWords(lock)}`,
    'called-under-lock': ({ method }) => `在其内调用 ${method}()`,
    'called-then': ({ method }) => `然后调用 ${method}()`,
    'more-ways': ({ count }) => `在锁内还有 ${count} 条路通到这里`,
    relief: ({ relief }) => RELIEFS[relief],
    'has-value': () => '在函数被发送之前它就有了值',
    field: () => '该字段',
    'made-in-open': () => 'open() 创建了它',
    'loop-goes-on': () => '这个循环会继续',
    'no-uid-either': ({ operator }) => `${operator}() 也没有`,
    initializer: () => '初始化器',
    'needs-lock-too': () => '这里也需要这把锁',
  },
  fixes: {
    'move-out': ({ method, lock }) => `把 ${method} 移到${OUTER[lock]}之外`,
    'why-not-moved': ({ method, reason }) => `为什么没有把 ${method}() 移到锁外？${reason}`,
    'not-moved': ({ method, reason }) => `没有把 ${method}() 移到锁外：${reason}。`,
    'keep-buffer': () => '让等待缓冲的通道自己留下这个缓冲（局部的补救）',
    'add-close': ({ field }) => `添加一个结束 ${field} 的 close()`,
    'add-close-step': ({ field }) => `关闭 ${field}`,
    'interrupt-again': () => '再次中断线程',
    'move-out-of-dump': ({ method, file }) => `把 ${file} 中的 ${method} 移到 synchronized 块之外`,
  },
  packed: ({ packings }) =>
    `有一个改动方案，但不能原样写回这段文本${packings.length === 0 ? '' : `（${listInChinese(packings)}）`}：把源代码放到单独的文件中即可应用。`,
};

const OUTER: Record<HeldLock['kind'], string> = {
  lock: '锁',
  'synchronized-method': ' synchronized 方法',
  'synchronized-block': ' synchronized 块',
};

export const REASONS: typeof english.REASONS = {
  'syntax-error': () => '方法中有无法读懂的语法',
  'file-unread': () => '文件没有读到结尾',
  'switch-value': () => '调用在一个给出值的 switch 中',
  'lock-unclear': ({ lock }) => `${lock} 在哪里取得、在哪里交还不够明确`,
  'held-by-caller': () => '锁由调用者持有',
  'many-calls': ({ most }) => `代码块中这样的调用多于 ${most} 个`,
  'many-changes': ({ most }) => `需要改动的调用多于 ${most} 个`,
  'many-methods': ({ most }) => `到锁之间经过的方法多于 ${most} 个`,
  'no-finally': ({ lock }) => `代码块可能在交还 ${lock} 之前离开，而没有 finally`,
  'result-used': ({ method }) => `代码块内使用了 ${method}() 的结果`,
  'null-handled': ({ method }) => `${method}() 可能在 null 上调用，而由此产生的异常在代码块内处理`,
  'exception-handled': ({ method }) => `${method}() 的异常在代码块内处理`,
  'handled-in-helper': ({ method, helper }) => `${method}() 的异常在 ${helper}() 内处理`,
  'several-in-loop': () => '同一个循环中有几个不同的调用，它们的顺序会改变',
  'several-in-helper': ({ helper }) => `${helper}() 中有几个不同的调用`,
  'in-lambda': () => '调用在锁内运行的 lambda 中',
  'no-helper': () => '调用在 lambda 或初始化块中',
  'not-handed-over': ({ method, helper }) => `${method}() 带有参数或没有接收者，${helper}() 无法把它交出来`,
  signals: ({ method }) => `代码块会唤醒等待这把锁的线程，而它们会发现 ${method}() 还没有被调用`,
  relocked: ({ lock }) => `代码块稍后交还了 ${lock} 又再次取得它`,
  'pool-asked': ({ method }) => `${method}() 所归还的池，在代码块稍后会被查询`,
  'state-read': ({ method }) => `${method}() 通过回调可能改变的状态，在代码块稍后会被读取`,
  'receiver-type-unknown': ({ method }) => `调用 ${method}() 的对象的类型不在这个文件中`,
  'type-unknown': ({ expression }) => `${expression} 的类型不在这个文件中，因此不能为它声明局部变量`,
  'type-parameter': ({ type, helper }) => `${type} 是类型参数，${helper}() 的调用者不知道它`,
  'type-arguments': () => '调用写明了类型实参',
  'arguments-in-loop': ({ method }) => `${method}() 的参数在每次循环中都不同`,
  'iterated-unclear': () => '所迭代的内容不够明确',
  visible: ({ method, visibility }) => `${method}() 是 ${visibility} 的，这个文件之外的调用者依赖它的行为`,
  'of-supertype': ({ method }) => `${method}() 由父类型声明`,
  'method-reference': ({ method }) => `${method}() 被当作方法引用传递`,
  recursive: ({ method }) => `${method}() 调用自己`,
  ambiguous: ({ method }) => `到达的是哪个 ${method}() 不确定`,
  labelled: () => '代码块带有会被跳转到的标签',
  'in-expression': ({ method }) => `${method}() 的值用在更大的表达式中`,
  'first-value': ({ method }) => `${method}() 给出局部变量的初值，而且可能抛出异常`,
  'waits-later': () => '代码块在调用之后会等待，别的线程知道得就太晚了',
  'receiver-used': ({ receiver, method }) => `代码块内再次使用了 ${receiver}，而 ${method}() 可能改变它`,
  'no-caller': () => '没有找到调用者',
};

const REASON_PLACES: Words<ReasonPlaceFacts> = {
  call: () => '这个调用',
  'one-call': () => '一个调用',
  'another-call': () => '另一个调用',
  called: ({ method }) => `${method}() 在这里被调用`,
  'recursive-call': () => '递归调用',
  'held-from': ({ lock }) => `从这里开始持有 ${lock}`,
  leaves: () => '可能在这里离开代码块',
  result: () => '结果在这里使用',
  handled: () => '在这里处理',
  wakes: () => '在这里唤醒',
  asks: () => '等待的一方在这里查询',
  here: () => '这里',
  'pool-asked': () => '在这里查询池',
  read: ({ name }) => `在这里读取 ${name}`,
  used: ({ name }) => `在这里使用 ${name}`,
  type: () => '类型未知',
  declared: ({ method }) => `${method}() 在这里声明`,
  'may-reach': ({ method }) => `可能到达这个 ${method}()`,
  label: () => '带标签的代码块',
  waits: () => '在这里等待',
};

export const reasonPlace: typeof english.reasonPlace = (place) => ({ message: say(REASON_PLACES, place), span: place.span });

const PURPOSES: Words<PurposeFacts> = {
  'take-out': ({ method }) => `把 ${method}() 移出锁`,
  'remember-due': ({ method }) => `记下 ${method}() 待调用`,
  'remember-receiver': ({ method }) => `记下对谁调用 ${method}()`,
  count: ({ method }) => `统计 ${method}() 的调用次数`,
  collect: ({ method }) => `为 ${method}() 收集`,
  'without-lock': () => '不加锁地调用，因为这把锁没有保护别的东西',
  declare: () => '声明移出锁的内容',
  'call-after': () => '在锁释放之后调用',
  'call-after-however': () => '无论代码块如何离开，都在锁释放之后调用',
  'lock-block': () => '锁住一个代码块，而不是整个方法',
  'return-due': ({ method }) => `返回 ${method}() 待处理的内容`,
  'may-be-none': () => '说明可能没有',
  'leave-to-caller': ({ method }) => `把 ${method}() 留给调用者`,
  'nothing-due': () => '这里没有待处理的',
  'document-result': () => '为新的返回值写文档',
  'call-returned': () => '在锁释放之后调用它',
  'keep-returned': ({ method }) => `保留 ${method}() 的返回值`,
  'collect-returned': ({ method }) => `收集 ${method}() 的返回值`,
  'list-parameter': ({ method }) => `接收一个列表，存放 ${method}() 待处理的内容`,
  'pass-list': ({ method }) => `把列表传给 ${method}()`,
  'document-parameter': () => '为新的参数写文档',
  'line-width': () => '保持行宽',
  import: ({ name }) => `导入 ${name}`,
  'take-flag': () => '接收通道是否在等待缓冲',
  'keep-when-waiting': () => '通道在等待缓冲时留下它',
  'pass-flag': () => '传递通道是否在等待缓冲',
};

export const textEdits: typeof english.textEdits = (edits) =>
  edits.map(({ span, newText, purpose }) => ({ span, newText, description: say(PURPOSES, purpose) }));

export const DUMP_REFUSALS: typeof english.DUMP_REFUSALS = {
  'no-class': ({ file, name }) => `${file} 中没有类 ${name}`,
  'no-method': ({ name, method }) => `${name} 没有方法 ${method}()`,
  'not-under-lock': ({ method, callback }) => `${method}() 没有在持锁时调用 ${callback}()：这份源代码与转储不是同一版本，或已经修复`,
  'several-places': ({ method, callback, line }) => `${method}() 在几处调用 ${callback}()，没有一处像转储中那样在第 ${line ?? '?'} 行`,
  'not-moved': ({ reason }) => say(REASONS, reason),
};

export const otherLineText: typeof english.otherLineText = ({ dumpLine, line }) =>
  `转储中是第 ${dumpLine ?? '?'} 行；在这份源代码中，调用在第 ${line} 行。`;
