/** What package.json says to a person besides commands, settings and tools, by the keys of package.nls.json. */
export const TEXTS = {
  displayName: 'Logjam for Apache Flink',
  description:
    'Opens thread dumps, Flink logs, GC logs and job graphs and says what is stuck, why, whether it is a known bug in your version, and what to change.',

  'language.threadDump': 'Java Thread Dump',
  'language.flinkLog': 'Flink Log',
  'language.gcLog': 'JVM GC Log',
  'token.library': 'Code of the JDK or of a library',
  'token.application': 'Code of the application or of Flink',
  'token.deadlock': 'Member of a deadlock',
  'editor.largeFile': 'Logjam: Large File',
  'view.clusters': 'Flink Clusters',

  'welcome.connect':
    'Connect a running cluster of Flink by the address of its Web UI: its jobs, logs and thread dumps open as if they were files. Nothing is asked of it that you do not open, and nothing leaves your machine.',
  'welcome.addCluster': 'Add Cluster…',
  'welcome.collected': 'Or open what somebody has collected already.',
  'welcome.openIncident': 'Open Snapshot or Incident…',
  'welcome.openRecorded': 'Open a Recorded Incident',

  'walkthrough.title': 'Find out what is stuck',
  'walkthrough.description': 'Thread dumps, logs, GC logs and job graphs of Apache Flink, read in the editor.',
  'walkthrough.sample.title': 'Open a sample: what is wrong?',
  'walkthrough.sample.description': 'Four recorded incidents come with Logjam. Each says at the top what is wrong.',
  'walkthrough.sample.deadlock': 'Two threads that wait for each other',
  'walkthrough.sample.outOfMemory': 'A heap that was full',
  'walkthrough.sample.backPressure': 'A job held up by its sink',
  'walkthrough.sample.iteration': 'A loop that can stop',
  'walkthrough.sample.picture': 'A thread dump with the verdict above its first line',
  'walkthrough.open.title': 'Open what the incident has left behind',
  'walkthrough.open.description':
    'A thread dump (from jstack, jcmd or the Flink UI), a JobManager or TaskManager log, a GC log, or a job graph. The name does not matter: Logjam looks at the content.',
  'walkthrough.open.link': 'Open a file',
  'walkthrough.open.picture': 'A thread dump whose deadlocked threads are coloured',
  'walkthrough.problems.title': 'Read the findings',
  'walkthrough.problems.description':
    'What is wrong is in the Problems view, with every place that proves it. What is only suspected says so and lists its evidence.',
  'walkthrough.problems.link': 'Show problems',
  'walkthrough.problems.picture': 'A deadlock in the Problems view with the lines that prove it',
  'walkthrough.graph.title': 'See who waits for whom',
  'walkthrough.graph.description':
    'The button in the title of the editor shows threads and locks as a graph. A click on a node shows its line in the text.',
  'walkthrough.graph.link': 'Show the lock-wait graph',
  'walkthrough.graph.picture': 'The lock-wait graph of a deadlock beside the dump',
  'walkthrough.large.title': 'Files of any size',
  'walkthrough.large.description': 'Files above 50 MB, which VS Code keeps from extensions, are read from the disk.',
  'walkthrough.large.link': 'Analyse a file',
};

/** A text for each of the same keys. */
export type Texts = Readonly<Record<keyof typeof TEXTS, string>>;
