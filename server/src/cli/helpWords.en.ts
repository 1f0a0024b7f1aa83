/** What `logjam help COMMAND` tells; options that all commands share are in words.ts. */
import { GRAPH_VIEWS } from '../../../common/views.ts';
import { POLICIES } from '../core/analysis/flow/network.ts';

const ACCESS =
  'A JSON file that says how the cluster is reached: token, user, password, headers, headersCommand, ca, cert, key, pkcs12, passphrase, insecure. LOGJAM_TOKEN, LOGJAM_USER and LOGJAM_PASSWORD do as well.';
const CLUSTER = 'http://jobmanager:8081';

const SNAPSHOT = {
  access: ACCESS,
  job: 'The id of a job; may be given several times. Otherwise those that run, and a few that ended last.',
  dumps: 'Take this many thread dumps of each TaskManager, one process at a time. All its threads stand still meanwhile: see docs/live-clusters.md.',
  lite: 'Take dumps without locks (mode=lite, Flink 2.4 and later), which do not hold up a process for long; deadlocks may not show in them.',
  interval: 'Seconds between two dumps of a process; 10 by default.',
  taskmanager: 'The id of a TaskManager to take dumps of; may be given several times.',
  logs: 'none, usual (those of up to 50 MB), all, or a number: the last MB of each log.',
  'max-megabytes': 'Stop when so many MB have been written; 500 by default.',
  'max-seconds': 'Stop after so many seconds; 600 by default.',
  redact: 'A text that must not be written, besides what is secret by its name or form; may be given several times.',
};

const INCIDENT = 'incidents/2024-05-07';

/** What is told of a command, and the names of the options that it is told of. */
const help = <Option extends string>(words: {
  takes: string;
  does: string;
  options: Readonly<Record<Option, string>>;
  examples: readonly (readonly [command: string, what: string])[];
}) => words;

export const HELP_OF = {
  check: help({
    takes: 'FILE|FOLDER|ARCHIVE|- …',
    does: 'Says what is wrong in each file, and what several files mean together.',
    options: {
      format: 'text, json, sarif, junit or ndjson (a line a file, as soon as it is read).',
      'fail-on': 'Exit code 1 from this severity on: error, warning or never.',
      'min-severity': 'Leave out what is less severe: error, warning, info or hint.',
      fix: 'Apply the fixes that are proved to be safe.',
      diff: 'Print these fixes as a patch and change nothing.',
    },
    examples: [
      [`logjam check ${INCIDENT}`, 'a folder, worst file first, with the verdict at the end'],
      ['jstack 4711 | logjam check -', 'what a process does right now'],
      ['logjam check --diff src/main/java | git apply', 'the safe fixes of Java sources'],
      ['logjam check --format sarif --output logjam.sarif .', 'for code scanning'],
    ],
  }),
  report: help({
    takes: 'FILE|FOLDER|ARCHIVE|URL …',
    does: 'Writes the report on a file, on an incident of several files, or on a running cluster, to paste into a ticket.',
    options: { ...SNAPSHOT, format: 'markdown, json or html (one page, of an incident).' },
    examples: [
      [`logjam report ${INCIDENT}`, 'what is wrong, since when, proved by which lines, and what to do'],
      [`logjam report ${INCIDENT}.zip --format html -o incident.html`, 'as a page that needs nothing else'],
    ],
  }),
  collect: help({
    takes: 'URL',
    does: 'Takes a snapshot of a running cluster by its REST API: a folder or zip archive that "logjam report" reads.',
    options: {
      ...SNAPSHOT,
      out: 'The folder, or the archive (*.zip). A snapshot that was broken off goes on where it was.',
    },
    examples: [
      [`logjam collect ${CLUSTER} --out snapshot`, 'documents and logs; nothing is changed in the cluster'],
      [`logjam collect ${CLUSTER} --dumps 3 --out snapshot.zip`, 'with three thread dumps of each TaskManager, 10 s apart'],
      [`LOGJAM_TOKEN=$(cat token) logjam collect https://gateway/flink --out s`, 'behind a proxy that wants a token'],
    ],
  }),
  watch: help({
    takes: 'URL',
    does: 'Watches a running cluster, and prints the verdict when it changes. It reads no logs and takes no dumps.',
    options: {
      access: ACCESS,
      job: SNAPSHOT.job,
      interval: 'Seconds from one look to the next: 30 by default, at least 10.',
      times: 'End after this many looks; the exit code is 1 when the last verdict is that something fails.',
    },
    examples: [[`logjam watch ${CLUSTER}`, 'a line whenever it changes what is wrong']],
  }),
  graph: help({
    takes: 'FILE',
    does: 'Draws one graph of one file.',
    options: {
      view: `${GRAPH_VIEWS.join(', ')}; by default the first one that the file has.`,
      format: 'svg, dot or json.',
      focus: 'Draw only this node and what is around it.',
    },
    examples: [['logjam graph dump.txt -o locks.svg', 'who waits for whom']],
  }),
  relations: help({
    takes: 'FILE|FOLDER|- …',
    does: 'Answers whether functions and processes call each other, as far as logs tell.',
    options: {
      format: 'text or json.',
      gc: 'The GC log of the JVM that wrote the logs.',
      together: 'Read all files as the logs of one cluster.',
    },
    examples: [['logjam relations taskmanager.log', '"YES: …" or "NO: …" with the lines that show it']],
  }),
  diff: help({
    takes: 'A B',
    does: 'Says what changed from one file to the other, both of the same kind.',
    options: { format: 'text, svg, dot or json.' },
    examples: [['logjam diff dump-1.txt dump-2.txt', 'which threads have not moved between two dumps']],
  }),
  simulate: help({
    takes: 'PLAN',
    does: 'Says whether a job with loops can stop for ever, and how it gets there; exit code 1 where it can.',
    options: {
      capacity: 'N for all channels, feedback=N, or FROM>TO=N; may be given several times.',
      amplify: 'OPERATOR=N: records out for one in; may be given several times.',
      policy: `${POLICIES.join(', ')}: which input an operator takes first.`,
      spill: 'The feedback queue has no limit.',
      records: 'Records that come from each source; without end by default.',
      'feedback-buffers': 'Buffers of the feedback queue.',
      seed: 'Seed of the order in which things happen.',
      bound: 'States to look at before giving up; the answer is then unknown.',
      ticks: 'Length of the run that compares the policies.',
      format: 'text or json.',
      plot: 'Write how the queues fill into this file, as SVG.',
      steps: 'List every step into the deadlock.',
    },
    examples: [['logjam simulate plan.json --amplify Map=3 --capacity 8', 'whether it blocks when Map makes three records of one']],
  }),
  explain: help({
    takes: '[FINDING|ISSUE …]',
    does: 'Explains a finding or a known issue, and what to do; without a name it lists the findings.',
    options: {},
    examples: [
      ['logjam explain deadlock', 'the finding of that name'],
      ['logjam explain FLINK-22946', 'the known issue'],
    ],
  }),
  ask: help({
    takes: '[QUESTION] FILE|FOLDER|ARCHIVE …',
    does: 'Answers one question of the tools for assistants as JSON; without a question it lists them with their schemas.',
    options: { input: 'What the question takes beside the files, as a JSON object.' },
    examples: [
      ['logjam ask open incident/', 'the verdict with its evidence and what was not assessed'],
      ['logjam ask threads dump.txt --input \'{"text":"requestBuffer"}\'', 'the stacks that hold it'],
    ],
  }),
  mcp: help({
    takes: '[FOLDER …]',
    does: 'Gives assistants the same answers as tools, over the Model Context Protocol on standard input and output.',
    options: { cluster: 'URL of a running cluster that may be asked; may be given several times.', access: ACCESS },
    examples: [['logjam mcp /incidents', 'what an assistant starts; it reads files of these folders only, else those of the current one']],
  }),
  completion: help({
    takes: 'bash|zsh|fish',
    does: 'Prints what a shell needs to complete commands and options.',
    options: {},
    examples: [
      ['source <(logjam completion bash)', 'in ~/.bashrc; zsh alike, with compinit before it'],
      ['logjam completion fish > ~/.config/fish/completions/logjam.fish', 'for fish'],
    ],
  }),
  digest: help({
    takes: 'FILE|FOLDER|ARCHIVE …',
    does: 'Writes what a joint verdict needs of each file as one line of JSON, for "logjam merge" and "logjam report".',
    options: {
      paths: 'The files come over standard input, a path a line; a digest a line goes out as soon as it is made.',
      frames: 'The same with the files themselves: before the bytes of each stands a line {"name": …, "bytes": N}.',
    },
    examples: [
      ['logjam digest /var/log/flink -o host-1.digest', 'on each host; then "logjam report *.digest"'],
      ["find logs -name '*.log*' | logjam digest --paths | logjam merge -", 'many files, with never more than one of them in memory'],
    ],
  }),
  merge: help({
    takes: 'DIGEST|- …',
    does: 'Makes one digest of many; the order does not matter, and the same file counts once.',
    options: {},
    examples: [['logjam merge host-*.digest -o cluster.digest', 'what "logjam report cluster.digest" reads']],
  }),
};
