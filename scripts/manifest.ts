// Writes what package.json and docs/ say about settings, commands, languages and rules from the tables in the code; what a
// person reads of package.json is in package.nls.json and in one file for each other language beside it.
// With --check it writes nothing and fails when something is out of step.
import './lib/english.ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { COMMANDS, type Command } from '../common/commands.ts';
import { CLUSTER_VIEW, FLINK_SCHEME, LANGUAGES, MCP_PROVIDER, PANELS } from '../common/ids.ts';
import { SETTINGS, type Setting, type SettingKey } from '../common/settings.ts';
import { COMMAND_TITLES, SETTING_TEXTS } from '../common/texts.zh.ts';
import { declarationOf } from '../server/src/assistant/schema.ts';
import { TOOLS } from '../server/src/assistant/tools/index.ts';
import { TOOL_TITLES } from '../server/src/assistant/toolTitleWords.zh.ts';
import type { RuleTexts } from '../server/src/core/model.ts';
import { RULES } from '../server/src/core/rules/index.ts';
import { TEXTS as RULE_TEXTS } from '../server/src/core/rules/texts.zh.ts';
import { BUNDLES, composed, localised, own } from './manifest/nls.ts';

/** Of the tools for assistants, by their names. */
const TITLES = new Map(Object.entries(TOOL_TITLES));

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
    aliases: [own('language.threadDump')],
    extensions: ['.tdump', '.jstack', '.threads'],
    filenamePatterns: ['threaddump*', 'thread-dump*', 'thread_dump*', 'jstack*.txt', 'javacore*.txt', '*_thread_dump'],
    grammar: 'java-threaddump',
  },
  {
    id: LANGUAGES.flinkLog,
    aliases: [own('language.flinkLog')],
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
    aliases: [own('language.gcLog')],
    filenamePatterns: ['gc*.log', 'gc.log.*', 'gclog*', '*-gc.log', '*-gc.log.*'],
    grammar: 'gc-log',
  },
];

const grammars = languages.filter(({ grammar }) => existsSync(`syntaxes/${grammar}.tmLanguage.json`));

const sampleLink = (text: string, name: string): string => `[${text}](command:logjam.openSample?${encodeURIComponent(JSON.stringify([name]))})`;

/** A step of the walkthrough with a link below its description. */
const step = (id: 'open' | 'problems' | 'graph' | 'large', command: string) => ({
  id,
  title: own(`walkthrough.${id}.title`),
  description: composed(
    `walkthrough.${id}`,
    (text) => `${text(`walkthrough.${id}.description`)}\n[${text(`walkthrough.${id}.link`)}](command:${command})`,
  ),
});

const walkthrough = {
  id: 'start',
  title: own('walkthrough.title'),
  description: own('walkthrough.description'),
  steps: [
    {
      id: 'sample',
      title: own('walkthrough.sample.title'),
      description: composed('walkthrough.sample', (text) =>
        [
          text('walkthrough.sample.description'),
          sampleLink(text('walkthrough.sample.deadlock'), '1-deadlock'),
          sampleLink(text('walkthrough.sample.outOfMemory'), '2-out-of-memory'),
          sampleLink(text('walkthrough.sample.backPressure'), '3-back-pressure'),
          sampleLink(text('walkthrough.sample.iteration'), '4-iteration'),
        ].join('\n'),
      ),
      media: { image: 'media/walkthrough/verdict.png', altText: own('walkthrough.sample.picture') },
    },
    {
      ...step('open', 'workbench.action.files.openFile'),
      media: { image: 'media/walkthrough/open.png', altText: own('walkthrough.open.picture') },
    },
    {
      ...step('problems', 'workbench.actions.view.problems'),
      media: { image: 'media/walkthrough/problems.png', altText: own('walkthrough.problems.picture') },
    },
    {
      ...step('graph', 'logjam.showLockGraph'),
      media: { image: 'media/walkthrough/graph.png', altText: own('walkthrough.graph.picture') },
    },
    // VS Code takes large.nls.LANGUAGE.md in its place where there is one.
    { ...step('large', 'logjam.analyseFile'), media: { markdown: 'media/walkthrough/large.md' } },
  ],
};

/** Where no cluster is known yet. */
const WELCOME = composed('welcome', (text) =>
  [
    text('welcome.connect'),
    `[${text('welcome.addCluster')}](command:logjam.addCluster)`,
    text('welcome.collected'),
    `[${text('welcome.openIncident')}](command:logjam.openIncident)`,
    sampleLink(text('welcome.openRecorded'), '3-back-pressure'),
  ].join('\n'),
);

/** What a person reads of a setting: its description and what its values mean. */
function settingTexts(key: SettingKey) {
  const { description, values }: Setting = SETTINGS[key];
  const { description: chinese, values: inChinese }: { description: string; values?: Record<string, string> } = SETTING_TEXTS[key];
  return {
    markdownDescription: localised(key, description, chinese),
    ...(values
      ? {
          enum: Object.keys(values),
          enumDescriptions: Object.entries(values).map(([value, text]) => localised(`${key}.${value}`, text, inChinese?.[value])),
        }
      : {}),
  };
}

function contributes(): object {
  const commands = Object.entries<Command>(COMMANDS) as [keyof typeof COMMANDS, Command][];
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
      { id: 'library', description: own('token.library') },
      { id: 'application', description: own('token.application') },
      { id: 'deadlock', description: own('token.deadlock') },
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
        displayName: own('editor.largeFile'),
        selector: ['*.log', '*.log.*', '*.out', '*.out.*', '*.tdump', '*.jstack', '*.threads', '*.gz', '*.zip', '*.tgz', '*.tar'].map(
          (filenamePattern) => ({
            filenamePattern,
          }),
        ),
        priority: 'option',
      },
    ],
    commands: shown.map(([command, { title, icon }]) => ({
      command,
      title: localised(command, title, COMMAND_TITLES[command]),
      category: 'Logjam',
      ...(icon === undefined ? {} : { icon }),
    })),
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
    views: { logjam: [{ id: CLUSTER_VIEW, name: own('view.clusters'), contextualTitle: 'Logjam', icon: '$(pulse)' }] },
    viewsWelcome: [{ view: CLUSTER_VIEW, contents: WELCOME }],
    walkthroughs: [walkthrough],
    languageModelTools: TOOLS.map((tool) => {
      const { title, description, inputSchema } = declarationOf(tool);
      return {
        name: tool.name,
        toolReferenceName: tool.name.replace(/_(\w)/, (_, first: string) => first.toUpperCase()),
        displayName: localised(`${tool.name}.title`, title, TITLES.get(tool.name)?.title),
        modelDescription: description,
        userDescription: localised(`${tool.name}.summary`, tool.summary, TITLES.get(tool.name)?.summary),
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
        (Object.entries<Setting>(SETTINGS) as [SettingKey, Setting][]).map(([key, setting], order) => [
          key,
          {
            type: setting.type,
            ...(setting.type === 'array' ? { items: { type: 'string' } } : {}),
            default: setting.default,
            ...settingTexts(key),
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
manifest['displayName'] = own('displayName');
manifest['description'] = own('description');
put('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
for (const [file, texts] of Object.entries(BUNDLES)) put(file, `${JSON.stringify(texts, null, 2)}\n`);

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

/** The page about the rules in a language, with a link to the one in the other. */
const rulesPage = (title: string, other: string, generated: string, textsOf: (rule: (typeof RULES)[number]) => RuleTexts): string =>
  `# ${title}\n\n${other}\n\n${generated}\n\n${RULES.map((rule) => {
    const { title: about, docs } = textsOf(rule);
    return `## ${rule.id}\n\n${about} (${rule.severity})\n\n${docs.trim()}\n`;
  }).join('\n')}`;
put(
  'docs/rules.md',
  rulesPage('Findings', '[简体中文](rules.zh-cn.md)', 'Generated from `server/src/core/rules/` by `npm run manifest`.', (rule) => rule),
);
put(
  'docs/rules.zh-cn.md',
  rulesPage('发现', '[English](rules.md)', '由 `npm run manifest` 从 `server/src/core/rules/` 生成。', ({ id }) => RULE_TEXTS[id] as RuleTexts),
);

const commandRows = Object.entries<Command>(COMMANDS)
  .filter(([, { internal }]) => internal !== true)
  .map(([id, { title }]) => `| *Logjam: ${title}* | \`${id}\` |`);
const readme = readFileSync('README.md', 'utf8').replace(
  /(<!-- commands: [^\n]*\n)[\s\S]*(<!-- \/commands -->)/,
  (_, start: string, end: string) => `${start}\n| command | id |\n|---|---|\n${commandRows.join('\n')}\n\n${end}`,
);
put('README.md', readme);

process.exit(stale === 0 ? 0 : 1);
