// Writes what package.json and docs/ say about settings, commands, languages and rules from the tables in the code.
// With --check it writes nothing and fails when something is out of step.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { COMMANDS, type Command } from '../common/commands.ts';
import { LANGUAGES } from '../common/ids.ts';
import { SETTINGS, type Setting } from '../common/settings.ts';
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
    filenamePatterns: ['flink-*.log', 'flink-*.log.*', 'taskmanager.log', 'jobmanager.log'],
    grammar: 'flink-log',
  },
  { id: LANGUAGES.gcLog, aliases: ['JVM GC Log'], filenamePatterns: ['gc*.log', 'gc.log.*', 'gclog*'], grammar: 'gc-log' },
];

const grammars = languages.filter(({ grammar }) => existsSync(`syntaxes/${grammar}.tmLanguage.json`));

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
    commands: shown.map(([command, { title, icon }]) => ({ command, title, category: 'Logjam', ...(icon === undefined ? {} : { icon }) })),
    menus: {
      commandPalette: shown.map(([command, { when }]) => ({ command, ...(when === undefined ? {} : { when }) })),
      'editor/title': shown
        .filter(([, { icon }]) => icon !== undefined)
        .map(([command, { when }]) => ({ command, ...(when === undefined ? {} : { when }), group: 'navigation' })),
    },
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
  'onLanguage:java',
  'onWebviewPanel:logjam.graph',
];
manifest['capabilities'] = { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } };
manifest['contributes'] = { ...kept, ...contributes() };
put('package.json', `${JSON.stringify(manifest, null, 2)}\n`);

const settings = Object.entries<Setting>(SETTINGS).map(
  ([key, { type, default: value, description }]) => `| \`${key}\` | ${type} | \`${JSON.stringify(value)}\` | ${description} |`,
);
put(
  'docs/settings.md',
  `# Settings\n\nGenerated from \`common/settings.ts\` by \`npm run manifest\`.\n\n| setting | type | default | meaning |\n|---|---|---|---|\n${settings.join('\n')}\n`,
);

const rules = RULES.map(({ id, title, severity, docs }) => `## ${id}\n\n${title} (${severity})\n\n${docs.trim()}\n`);
put('docs/rules.md', `# Findings\n\nGenerated from \`server/src/core/rules/\` by \`npm run manifest\`.\n\n${rules.join('\n')}`);

process.exit(stale === 0 ? 0 : 1);
