import { bottlenecksOf, criticalPath, loadOf } from '../../analysis/jobgraph/criticalPath.ts';
import { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import type { Loop } from '../../analysis/jobgraph/scopes.ts';
import { escapeMarkdown, shorten } from '../../wording.ts';

const MAX_LOOPS = 50;
const MAX_FINDINGS = 50;
const MAX_VERTICES = 100;

/** The report page of a job graph, as Markdown that can be pasted into a ticket. */
export function jobGraphReport(analysis: JobGraphAnalysis, title: string): string {
  const parts = [`# ${escapeMarkdown(title === '' ? 'Job graph' : title)}`, overview(analysis), findings(analysis)];
  if (analysis.primary !== null) {
    const view = new JobView(analysis.primary, analysis.context, analysis.flinkVersion?.range ?? null, true);
    parts.push(loops(view), load(view), vertices(view));
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function overview({ primary, plans, flinkVersion, problems, wrappers }: JobGraphAnalysis): string {
  if (primary === null) return 'No job graph could be read from this text.';
  const { plan, loops: forest } = primary;
  const lines = [
    `- Format: ${plan.format}${plans.length > 1 ? `, one of ${plans.length} plans in the file` : ''}${wrappers.length > 0 ? `, unwrapped from ${wrappers.join(', ')}` : ''}`,
    ...(plan.title ? [`- Job: ${escapeMarkdown(plan.title)}`] : []),
    ...(plan.state === null ? [] : [`- State: ${escapeMarkdown(plan.state)}`]),
    ...(plan.mode === null ? [] : [`- Mode: ${plan.mode}`]),
    ...(flinkVersion === null ? [] : [`- Flink: ${escapeMarkdown(flinkVersion.range)}`]),
    `- ${plan.vertices.length} vertices, ${plan.edges.length} edges, ${forest.loops.length} loops`,
    ...(plan.pendingOperators ? [`- ${plan.pendingOperators} operators are pending`] : []),
    ...(plan.unresolved.length > 0 ? [`- ${plan.unresolved.length} inputs name no vertex, or several`] : []),
    ...(problems.length > 0 ? [`- ${problems.length} places of the text could not be read in full`] : []),
  ];
  return lines.join('\n');
}

function findings({ findings: all }: JobGraphAnalysis): string {
  const told = all.filter(({ severity }) => severity !== 'hint');
  if (told.length === 0) return '## Findings\n\nNothing wrong was found.';
  const lines = told
    .slice(0, MAX_FINDINGS)
    .flatMap(({ severity, certainty, message, evidence, missing }) => [
      `- **${severity}, ${certainty}**: ${escapeMarkdown(message)}`,
      ...evidence.map((line) => `  - Evidence: ${escapeMarkdown(line)}`),
      ...missing.map((line) => `  - To confirm: ${escapeMarkdown(line)}`),
    ]);
  if (told.length > MAX_FINDINGS) lines.push(`- and ${told.length - MAX_FINDINGS} more`);
  return `## Findings\n\n${lines.join('\n')}`;
}

function loops(view: JobView): string {
  const all = view.loops.loops;
  if (all.length === 0) return '';
  const row = (loop: Loop): string => {
    const cells = [
      `${'· '.repeat(loop.level - 1)}${escapeMarkdown(shorten(loop.name, 60))}${loop.tangled ? ' (interleaved)' : ''}`,
      String(loop.level),
      escapeMarkdown(shorten(view.vertex(loop.head).name, 60)),
      escapeMarkdown(shorten(view.vertex(loop.tail).name, 60)),
      String(view.body(loop).length),
    ];
    return `| ${cells.join(' | ')} |`;
  };
  const rows = all.slice(0, MAX_LOOPS).map(row);
  if (all.length > MAX_LOOPS) rows.push(`| and ${all.length - MAX_LOOPS} more | | | | |`);
  return ['## Loops', '', '| Loop | Level | Head | Tail | Vertices |', '| --- | ---: | --- | --- | ---: |', ...rows].join('\n');
}

function load(view: JobView): string {
  if (!view.plan.vertices.some((vertex) => loadOf(view, vertex).busy !== null)) return '';
  const path = criticalPath(view).map((vertex) => escapeMarkdown(shorten(view.vertex(vertex).name, 40)));
  const slow = bottlenecksOf(view).map(({ vertex }) => escapeMarkdown(view.vertex(vertex).label));
  const shown = path.length > 12 ? [...path.slice(0, 11), `… (${path.length} vertices)`] : path;
  return [
    '## Load',
    '',
    `- Critical path by busy time: ${shown.join(' → ')}`,
    slow.length === 0 ? '- No vertex holds up the ones before it' : `- Bottleneck: ${slow.slice(0, 10).join(', ')}`,
  ].join('\n');
}

function vertices(view: JobView): string {
  const all = view.plan.vertices;
  const rows = all.slice(0, MAX_VERTICES).map((vertex) => {
    const { busy, backPressured } = loadOf(view, vertex);
    const percent = (value: number | null) => (value === null ? '' : `${Math.round(value * 100)} %`);
    const cells = [
      escapeMarkdown(vertex.id.length > 12 ? vertex.id.slice(0, 8) : vertex.id),
      escapeMarkdown(shorten(vertex.name, 80)),
      String(vertex.parallelism ?? ''),
      String(view.level(vertex.index)),
      percent(busy),
      percent(backPressured),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  if (all.length > MAX_VERTICES) rows.push(`| | and ${all.length - MAX_VERTICES} more | | | | |`);
  return [
    '## Vertices',
    '',
    '| Id | Name | Parallelism | Level | Busy | Back-pressured |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}
