import { GRAPH_VIEWS } from '../../../common/views.ts';
import { POLICIES } from '../core/analysis/flow/network.ts';
import type * as english from './helpWords.en.ts';

const ACCESS =
  '说明如何访问集群的 JSON 文件：token、user、password、headers、headersCommand、ca、cert、key、pkcs12、passphrase、insecure。也可用 LOGJAM_TOKEN、LOGJAM_USER 和 LOGJAM_PASSWORD。';
const CLUSTER = 'http://jobmanager:8081';

const SNAPSHOT = {
  access: ACCESS,
  job: '作业的 id；可以给出多次。否则是正在运行的作业，以及最近结束的几个。',
  dumps: '对每个 TaskManager 取这么多份线程转储，一次一个进程。其间它的所有线程都停着：见 docs/live-clusters.md。',
  lite: '取不带锁的转储（mode=lite，Flink 2.4 及以后），不会使进程停很久；其中可能看不出死锁。',
  interval: '同一进程两份转储之间的秒数；默认 10。',
  taskmanager: '要取转储的 TaskManager 的 id；可以给出多次。',
  logs: 'none、usual（不超过 50 MB 的）、all，或一个数：每份日志的最后多少 MB。',
  'max-megabytes': '写满这么多 MB 时停止；默认 500。',
  'max-seconds': '经过这么多秒时停止；默认 600。',
  redact: '不得写入的文本，此外按名字或形式属于机密的也不写入；可以给出多次。',
};

const INCIDENT = 'incidents/2024-05-07';

export const HELP_OF: typeof english.HELP_OF = {
  check: {
    takes: 'FILE|FOLDER|ARCHIVE|- …',
    does: '说明每个文件中有什么问题，以及几个文件合起来意味着什么。',
    options: {
      format: 'text、json、sarif、junit 或 ndjson（每个文件一行，读完即输出）。',
      'fail-on': '从这个严重程度起退出码为 1：error、warning 或 never。',
      'min-severity': '略去严重程度更低的：error、warning、info 或 hint。',
      fix: '应用证实为安全的修复。',
      diff: '把这些修复打印成补丁，什么都不改动。',
    },
    examples: [
      [`logjam check ${INCIDENT}`, '一个文件夹，最严重的文件在前，结论在最后'],
      ['jstack 4711 | logjam check -', '一个进程现在在做什么'],
      ['logjam check --diff src/main/java | git apply', 'Java 源代码的安全修复'],
      ['logjam check --format sarif --output logjam.sarif .', '用于代码扫描'],
    ],
  },
  report: {
    takes: 'FILE|FOLDER|ARCHIVE|URL …',
    does: '写出一个文件、由几个文件构成的事故或运行中集群的报告，可粘贴到工单中。',
    options: { ...SNAPSHOT, format: 'markdown、json 或 html（一页，针对事故）。' },
    examples: [
      [`logjam report ${INCIDENT}`, '有什么问题、从何时起、由哪些行证实、该怎么办'],
      [`logjam report ${INCIDENT}.zip --format html -o incident.html`, '写成不需要别的东西的一页'],
    ],
  },
  collect: {
    takes: 'URL',
    does: '通过 REST API 取运行中集群的快照：供 "logjam report" 读取的文件夹或 zip 归档。',
    options: {
      ...SNAPSHOT,
      out: '文件夹，或归档 (*.zip)。中断的快照会从中断处继续。',
    },
    examples: [
      [`logjam collect ${CLUSTER} --out snapshot`, '文档和日志；不改动集群中的任何东西'],
      [`logjam collect ${CLUSTER} --dumps 3 --out snapshot.zip`, '带上每个 TaskManager 的三份线程转储，相隔 10 s'],
      [`LOGJAM_TOKEN=$(cat token) logjam collect https://gateway/flink --out s`, '在需要 token 的代理之后'],
    ],
  },
  watch: {
    takes: 'URL',
    does: '观察运行中的集群，结论变化时打印出来。它不读日志，也不取转储。',
    options: {
      access: ACCESS,
      job: SNAPSHOT.job,
      interval: '两次查看之间的秒数：默认 30，至少 10。',
      times: '查看这么多次之后结束；最后的结论是有故障时，退出码为 1。',
    },
    examples: [[`logjam watch ${CLUSTER}`, '问题有变化时打印一行']],
  },
  graph: {
    takes: 'FILE',
    does: '画出一个文件的一张图。',
    options: {
      view: `${GRAPH_VIEWS.join('、')}；默认是该文件有的第一种。`,
      format: 'svg、dot 或 json。',
      focus: '只画这个节点及其周围。',
    },
    examples: [['logjam graph dump.txt -o locks.svg', '谁在等谁']],
  },
  relations: {
    takes: 'FILE|FOLDER|- …',
    does: '就日志所能说明的，回答函数与进程是否互相调用。',
    options: {
      format: 'text 或 json。',
      gc: '写这些日志的 JVM 的 GC 日志。',
      together: '把所有文件当作同一集群的日志来读。',
    },
    examples: [['logjam relations taskmanager.log', '"YES：…" 或 "NO：…"，以及显示它的行']],
  },
  diff: {
    takes: 'A B',
    does: '说明从一个文件到另一个文件有什么变化，两者须为同类。',
    options: { format: 'text、svg、dot 或 json。' },
    examples: [['logjam diff dump-1.txt dump-2.txt', '两份转储之间哪些线程没有动']],
  },
  simulate: {
    takes: 'PLAN',
    does: '说明含有环的作业是否可能永远停住，以及如何停住；可能时退出码为 1。',
    options: {
      capacity: 'N 表示所有通道，或 feedback=N，或 FROM>TO=N；可以给出多次。',
      amplify: 'OPERATOR=N：每读入一条给出的记录数；可以给出多次。',
      policy: `${POLICIES.join('、')}：算子优先取哪个输入。`,
      spill: '反馈队列没有上限。',
      records: '每个 Source 给出的记录数；默认没有尽头。',
      'feedback-buffers': '反馈队列的缓冲数。',
      seed: '事件发生顺序的种子。',
      bound: '放弃之前查看的状态数；放弃时答案为未知。',
      ticks: '比较各策略的运行长度。',
      format: 'text 或 json。',
      plot: '把队列如何填满画成 SVG，写入这个文件。',
      steps: '列出通往死锁的每一步。',
    },
    examples: [['logjam simulate plan.json --amplify Map=3 --capacity 8', 'Map 把一条记录变成三条时是否会堵死']],
  },
  explain: {
    takes: '[FINDING|ISSUE …]',
    does: '解释一个发现或已知问题，以及该怎么办；没有给出名字时列出所有发现。',
    options: {},
    examples: [
      ['logjam explain deadlock', '叫这个名字的发现'],
      ['logjam explain FLINK-22946', '已知问题'],
    ],
  },
  ask: {
    takes: '[QUESTION] FILE|FOLDER|ARCHIVE …',
    does: '以 JSON 回答供助手使用的工具中的一个问题；没有给出问题时列出所有问题及其 schema。',
    options: { input: '除文件之外问题所需的内容，为 JSON 对象。' },
    examples: [
      ['logjam ask open incident/', '结论及其证据，以及没有评估的内容'],
      ['logjam ask threads dump.txt --input \'{"text":"requestBuffer"}\'', '含有它的栈'],
    ],
  },
  mcp: {
    takes: '[FOLDER …]',
    does: '通过标准输入输出上的 Model Context Protocol，把同样的答案作为工具提供给助手。',
    options: { cluster: '可以访问的运行中集群的 URL；可以给出多次。', access: ACCESS },
    examples: [['logjam mcp /incidents', '由助手启动；只读取这些文件夹中的文件，没有给出时读当前文件夹']],
  },
  completion: {
    takes: 'bash|zsh|fish',
    does: '打印 shell 补全命令和选项所需的内容。',
    options: {},
    examples: [
      ['source <(logjam completion bash)', '写在 ~/.bashrc 中；zsh 类似，之前要有 compinit'],
      ['logjam completion fish > ~/.config/fish/completions/logjam.fish', '用于 fish'],
    ],
  },
  digest: {
    takes: 'FILE|FOLDER|ARCHIVE …',
    does: '把每个文件中合并结论所需的内容写成一行 JSON，供 "logjam merge" 和 "logjam report" 使用。',
    options: {
      paths: '文件来自标准输入，每行一个路径；每份摘要完成后立即输出一行。',
      frames: '同样，但传的是文件本身：每个文件的字节之前有一行 {"name": …, "bytes": N}。',
    },
    examples: [
      ['logjam digest /var/log/flink -o host-1.digest', '在每台主机上；然后 "logjam report *.digest"'],
      ["find logs -name '*.log*' | logjam digest --paths | logjam merge -", '许多文件，内存中同时最多只有一个'],
    ],
  },
  merge: {
    takes: 'DIGEST|- …',
    does: '把许多摘要合成一份；顺序无关紧要，同一文件只算一次。',
    options: {},
    examples: [['logjam merge host-*.digest -o cluster.digest', '供 "logjam report cluster.digest" 读取']],
  },
};
