// Writes what package.json and docs/ say about settings, commands, languages and rules from the tables in the code.
// With --check it writes nothing and fails when something is out of step.
import './lib/english.ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { COMMANDS, type Command } from '../common/commands.ts';
import { CLUSTER_VIEW, FLINK_SCHEME, LANGUAGES, MCP_PROVIDER, PANELS } from '../common/ids.ts';
import { SETTINGS, type Setting } from '../common/settings.ts';
import { declarationOf } from '../server/src/assistant/schema.ts';
import { TOOLS } from '../server/src/assistant/tools/index.ts';
import { RULES } from '../server/src/core/rules/index.ts';

const check = process.argv.includes('--check');
let stale = 0;

function put(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return;
  if (check) {
    console.error(`${file} is out of step with the code: run "npm run manifest"`);
    stale++;
  } else {
    writeFileSync(file, content);
    console.log(`wrote ${file}`);
  }
}

const languages = [
  {
    id: LANGUAGES.threadDump,
    aliases: ['Java Thread Dump'],
    extensions: ['.tdump', '.jstack', '.threads'],
    filenamePatterns: ['threaddump*', 'thread-dump*', 'thread_dump*', 'jstack*.txt', 'javacore*.txt', '*_thread_dump'],
    grammar: 'java-threaddump',
  },
  {
    id: LANGUAGES.flinkLog,
    aliases: ['Flink Log'],
    filenamePatterns: [
      'flink-*.log',
      'flink-*.log.*',
      'flink-*.out',
      'flink-*.out.*',
      ...['taskmanager', 'jobmanager'].flatMap((process) => [`${process}.log`, `${process}.log.*`, `${process}.out`, `${process}.err`]),
    ],
    grammar: 'flink-log',
  },
  {
    id: LANGUAGES.gcLog,
    aliases: ['JVM GC Log'],
    filenamePatterns: ['gc*.log', 'gc.log.*', 'gclog*', '*-gc.log', '*-gc.log.*'],
    grammar: 'gc-log',
  },
];

const grammars = languages.filter(({ grammar }) => existsSync(`syntaxes/${grammar}.tmLanguage.json`));

const walkthrough = {
  id: 'start',
  title: 'Find out what is stuck',
  description: 'Thread dumps, logs, GC logs and job graphs of Apache Flink, read in the editor.',
  steps: [
    {
      id: 'sample',
      title: 'Open a sample: what is wrong?',
      description: [
        'Four recorded incidents come with Logjam. Each says at the top what is wrong.',
        ...[
          ['1-deadlock', 'Two threads that wait for each other'],
          ['2-out-of-memory', 'A heap that was full'],
          ['3-back-pressure', 'A job held up by its sink'],
          ['4-iteration', 'A loop that can stop'],
        ].map(([name, text]) => `[${text}](command:logjam.openSample?${encodeURIComponent(JSON.stringify([name]))})`),
      ].join('\n'),
      media: { image: 'media/walkthrough/verdict.png', altText: 'A thread dump with the verdict above its first line' },
    },
    {
      id: 'open',
      title: 'Open what the incident has left behind',
      description:
        'A thread dump (from jstack, jcmd or the Flink UI), a JobManager or TaskManager log, a GC log, or a job graph. The name does not matter: Logjam looks at the content.\n[Open a file](command:workbench.action.files.openFile)',
      media: { image: 'media/walkthrough/open.png', altText: 'A thread dump whose deadlocked threads are coloured' },
    },
    {
      id: 'problems',
      title: 'Read the findings',
      description:
        'What is wrong is in the Problems view, with every place that proves it. What is only suspected says so and lists its evidence.\n[Show problems](command:workbench.actions.view.problems)',
      media: { image: 'media/walkthrough/problems.png', altText: 'A deadlock in the Problems view with the lines that prove it' },
    },
    {
      id: 'graph',
      title: 'See who waits for whom',
      description:
        'The button in the title of the editor shows threads and locks as a graph. A click on a node shows its line in the text.\n[Show the lock-wait graph](command:logjam.showLockGraph)',
      media: { image: 'media/walkthrough/graph.png', altText: 'The lock-wait graph of a deadlock beside the dump' },
    },
    {
      id: 'large',
      title: 'Files of any size',
      description: 'Files above 50 MB, which VS Code keeps from extensions, are read from the disk.\n[Analyse a file](command:logjam.analyseFile)',
      media: { markdown: 'media/walkthrough/large.md' },
    },
  ],
};

/** Where no cluster is known yet. */
const WELCOME = [
  'Connect a running cluster of Flink by the address of its Web UI: its jobs, logs and thread dumps open as if they were files. Nothing is asked of it that you do not open, and nothing leaves your machine.',
  '[Add Cluster…](command:logjam.addCluster)',
  'Or open what somebody has collected already.',
  '[Open Snapshot or Incident…](command:logjam.openIncident)',
  `[Open a Recorded Incident](command:logjam.openSample?${encodeURIComponent(JSON.stringify(['3-back-pressure']))})`,
].join('\n');

function contributes(): object {
  const commands = Object.entries<Command>(COMMANDS);
  const shown = commands.filter(([, command]) => command.internal !== true);
  return {
    languages: languages.map(({ grammar, ...language }) => ({
      ...language,
      ...(existsSync(`syntaxes/${grammar}.language-configuration.json`)
        ? { configuration: `./syntaxes/${grammar}.language-configuration.json` }
        : {}),
    })),
    grammars: grammars.map(({ id, grammar }) => ({ language: id, scopeName: `source.${id}`, path: `./syntaxes/${grammar}.tmLanguage.json` })),
    semanticTokenModifiers: [
      { id: 'library', description: 'Code of the JDK or of a library' },
      { id: 'application', description: 'Code of the application or of Flink' },
      { id: 'deadlock', description: 'Member of a deadlock' },
    ],
    semanticTokenScopes: [
      {
        scopes: {
          '*.library': ['comment'],
          'method.application': ['entity.name.function'],
          'class.application': ['entity.name.type'],
          '*.deadlock': ['invalid'],
        },
      },
    ],
    customEditors: [
      {
        viewType: PANELS.largeFile,
        displayName: 'Logjam: Large File',
        selector: ['*.log', '*.log.*', '*.out', '*.out.*', '*.tdump', '*.jstack', '*.threads', '*.gz', '*.zip', '*.tgz', '*.tar'].map(
          (filenamePattern) => ({
            filenamePattern,
          }),
        ),
        priority: 'option',
      },
    ],
    commands: shown.map(([command, { title, icon }]) => ({ command, title, category: 'Logjam', ...(icon === undefined ? {} : { icon }) })),
    menus: {
      commandPalette: shown.map(([command, { when }]) => ({ command, ...(when === undefined ? {} : { when }) })),
      'view/title': shown.flatMap(([command, { tree }]) =>
        tree === 'title' ? [{ command, when: `view == ${CLUSTER_VIEW}`, group: 'navigation' }] : [],
      ),
      'view/item/context': shown.flatMap(([command, { tree }]) =>
        tree instanceof RegExp ? [{ command, when: `view == ${CLUSTER_VIEW} && viewItem =~ ${tree}`, group: 'logjam' }] : [],
      ),
      'editor/title': shown
        .filter(([, { icon, tree }]) => icon !== undefined && tree === undefined)
        .map(([command, { when, button = when }]) => ({ command, ...(button === undefined ? {} : { when: button }), group: 'navigation' })),
      'explorer/context': shown.flatMap(([command, { explorer }]) => (explorer === undefined ? [] : [{ command, when: explorer, group: 'logjam' }])),
    },
    viewsContainers: { activitybar: [{ id: 'logjam', title: 'Logjam', icon: '$(pulse)' }] },
    views: { logjam: [{ id: CLUSTER_VIEW, name: 'Flink Clusters', contextualTitle: 'Logjam', icon: '$(pulse)' }] },
    viewsWelcome: [{ view: CLUSTER_VIEW, contents: WELCOME }],
    walkthroughs: [walkthrough],
    languageModelTools: TOOLS.map((tool) => {
      const { title, description, inputSchema } = declarationOf(tool);
      return {
        name: tool.name,
        toolReferenceName: tool.name.replace(/_(\w)/, (_, first: string) => first.toUpperCase()),
        displayName: title,
        modelDescription: description,
        userDescription: tool.summary,
        icon: '$(pulse)',
        canBeReferencedInPrompt: true,
        tags: ['flink', 'logjam'],
        inputSchema,
      };
    }),
    mcpServerDefinitionProviders: [{ id: MCP_PROVIDER, label: 'Logjam' }],
    chatSkills: [{ path: './media/skills/diagnose-flink-incident/SKILL.md' }],
    configuration: {
      title: 'Logjam',
      properties: Object.fromEntries(
        Object.entries<Setting>(SETTINGS).map(([key, setting], order) => [
          key,
          {
            type: setting.type,
            ...(setting.type === 'array' ? { items: { type: 'string' } } : {}),
            default: setting.default,
            markdownDescription: setting.description,
            ...(setting.values ? { enum: Object.keys(setting.values), enumDescriptions: Object.values(setting.values) } : {}),
            ...(setting.minimum === undefined ? {} : { minimum: setting.minimum }),
            scope: setting.scope ?? 'resource',
            order,
          },
        ]),
      ),
    },
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
const kept = (manifest['contributes'] ?? {}) as Record<string, unknown>;
manifest['activationEvents'] = [
  'onLanguage:plaintext',
  'onLanguage:log',
  'onLanguage:json',
  'onLanguage:jsonc',
  'onLanguage:yaml',
  'onLanguage:java',
  // An answer of a cluster that was open.
  `onFileSystem:${FLINK_SCHEME}`,
  // Panels that were open are there again after a reload.
  ...[PANELS.graph, PANELS.timeline, PANELS.icicle, PANELS.gcChart, PANELS.report, PANELS.incident].map((view) => `onWebviewPanel:${view}`),
];
manifest['capabilities'] = { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } };
manifest['contributes'] = { ...kept, ...contributes() };
put('package.json', `${JSON.stringify(manifest, null, 2)}\n`);

const settings = Object.entries<Setting>(SETTINGS).map(
  ([key, { type, default: value, description }]) => `| \`${key}\` | ${type} | \`${JSON.stringify(value)}\` | ${description} |`,
);
put(
  'docs/settings.md',
  `# Settings\n\nGenerated from \`common/settings.ts\` by \`npm run manifest\`.\n\n| setting | type | default | meaning |\n|---|---|---|---|\n${settings.join('\n')}\n
## On the command line

A file \`.logjam.json\` holds settings for the files in its folder and below; the nearest one above a file counts. Its keys are those of the table, [settings.schema.json](settings.schema.json) describes it:

\`\`\`json
{ "logjam.flinkVersion": "1.17.2", "logjam.log.patterns": ["%d{ISO8601} %-5p %c{1} - %m%n"] }
\`\`\`

\`--setting KEY=VALUE\` goes before it and may be given several times; "logjam." may be left out, and each occurrence of a list's key is one item: \`logjam check --setting longWaitThreads=10 --setting log.patterns='%d %m%n' FILE\`. What is set wrongly is said, and the exit code is 2.

The language server asks its editor for the settings and reads no such file: what came with a stranger's folder changes nothing of what an editor says, before or after the folder is trusted.
`,
);

/** A setting as JSON Schema describes it. */
const schemaOf = ({ type, default: value, description, values, minimum }: Setting): object => ({
  description,
  type,
  ...(type === 'array' ? { items: { type: 'string' } } : {}),
  default: value,
  ...(values ? { enum: Object.keys(values) } : {}),
  ...(minimum === undefined ? {} : { minimum }),
});
const configuration = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: '.logjam.json',
  description: 'Settings of the command line for the files in a folder and below. Generated from common/settings.ts by `npm run manifest`.',
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    ...Object.fromEntries(Object.entries<Setting>(SETTINGS).map(([key, setting]) => [key, schemaOf(setting)])),
  },
  additionalProperties: false,
};
put('docs/settings.schema.json', `${JSON.stringify(configuration, null, 2)}\n`);

const rules = RULES.map(({ id, title, severity, docs }) => `## ${id}\n\n${title} (${severity})\n\n${docs.trim()}\n`);
put('docs/rules.md', `# Findings\n\nGenerated from \`server/src/core/rules/\` by \`npm run manifest\`.\n\n${rules.join('\n')}`);

const commandRows = Object.entries<Command>(COMMANDS)
  .filter(([, { internal }]) => internal !== true)
  .map(([id, { title }]) => `| *Logjam: ${title}* | \`${id}\` |`);
const readme = readFileSync('README.md', 'utf8').replace(
  /(<!-- commands: [^\n]*\n)[\s\S]*(<!-- \/commands -->)/,
  (_, start: string, end: string) => `${start}\n| command | id |\n|---|---|\n${commandRows.join('\n')}\n\n${end}`,
);
put('README.md', readme);

process.exit(stale === 0 ? 0 : 1);
