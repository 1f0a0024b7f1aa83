import { bottlenecksOf, criticalPath, loadOf } from '../../analysis/jobgraph/criticalPath.ts';
import { type JobView, viewOf } from '../../analysis/jobgraph/jobView.ts';
import type { JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import type { Loop } from '../../analysis/jobgraph/scopes.ts';
import { vertexName } from '../../rules/jobgraph/words.ts';
import { escapeMarkdown, fitting, shorten } from '../../wording.ts';
import { behindVerdict } from '../findings.ts';
import { toldFindings, type Verdict, verdictOf } from '../verdict.ts';
import { JOB_GRAPH_WORDS } from './words.ts';

const { report: WORDS, percent, untitled, more } = JOB_GRAPH_WORDS;

const MAX_LOOPS = 50;
const MAX_FINDINGS = 50;
const MAX_VERTICES = 100;

/** The report page of a job graph, as Markdown that can be pasted into a ticket. */
export function jobGraphReport(analysis: JobGraphAnalysis, title: string): string {
  const parts = [
    `# ${escapeMarkdown(title === '' ? untitled : title)}`,
    `**${escapeMarkdown(jobVerdict(analysis).text)}**`,
    findings(analysis),
    overview(analysis),
  ];
  if (analysis.primary !== null) {
    const view = viewOf(analysis, analysis.primary);
    parts.push(loops(view), load(view), vertices(view));
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The worst that was found, in one line. */
export function jobVerdict(analysis: JobGraphAnalysis): Verdict {
  const { primary, findings: all } = analysis;
  const [worst] = toldFindings(all);
  if (worst !== undefined) return verdictOf(worst);
  if (primary === null) return { text: WORDS.unreadable, finding: null };
  const pressed = backPressured(viewOf(analysis, primary));
  return pressed === null ? { text: WORDS.nothingFound, finding: null } : { text: pressed, finding: null, suspicion: true };
}

/** From here on a vertex counts as held up. */
const HELD_UP = 0.5;

/**
 * Back pressure of which no rule can say the cause, as a vertex on the way tells nothing: said of the last vertex that has
 * it, for it goes up from its cause to the sources. Null where there is none.
 */
function backPressured(view: JobView): string | null {
  const held = view.plan.vertices
    .map((vertex) => ({ vertex, share: loadOf(view, vertex).backPressured ?? 0 }))
    .filter(({ share }) => share >= HELD_UP);
  const ids = new Set(held.map(({ vertex }) => vertex.index));
  const last = held.find(({ vertex }) => !view.outgoing(vertex.index).some((edge) => ids.has(edge.to)));
  return last === undefined ? null : fitting([last.vertex.name], (name) => WORDS.backPressured(`"${name}"`, last.share), 100);
}

function overview({ primary, plans, flinkVersion, problems, wrappers }: JobGraphAnalysis): string {
  if (primary === null) return '';
  const { plan, loops: forest } = primary;
  const lines = [
    WORDS.format(plan.format, plans.length, wrappers),
    ...(plan.title ? [WORDS.job(escapeMarkdown(plan.title))] : []),
    ...(plan.state === null ? [] : [WORDS.state(escapeMarkdown(plan.state))]),
    ...(plan.mode === null ? [] : [WORDS.mode(plan.mode)]),
    ...(flinkVersion === null ? [] : [WORDS.flink(escapeMarkdown(flinkVersion.range))]),
    WORDS.size({ vertices: plan.vertices.length, edges: plan.edges.length, loops: forest.loops.length }),
    ...(plan.pendingOperators ? [WORDS.pending(plan.pendingOperators)] : []),
    ...(plan.unresolved.length > 0 ? [WORDS.unresolved(plan.unresolved.length)] : []),
    ...(problems.length > 0 ? [WORDS.problems(problems.length)] : []),
  ];
  return lines.join('\n');
}

/** The first is told as it is the verdict, of the others it is said how grave and how certain they are. */
const findings = ({ findings: all }: JobGraphAnalysis): string =>
  behindVerdict(
    toldFindings(all),
    ({ severity, certainty, message }) => WORDS.finding(severity, certainty, escapeMarkdown(message)),
    MAX_FINDINGS,
  ).join('\n\n');

function loops(view: JobView): string {
  const all = view.loops.loops;
  if (all.length === 0) return '';
  const row = (loop: Loop): string => {
    const cells = [
      WORDS.loop(escapeMarkdown(shorten(loop.name, 60)), loop.level, loop.tangled),
      String(loop.level),
      escapeMarkdown(shorten(view.vertex(loop.head).name, 60)),
      escapeMarkdown(shorten(view.vertex(loop.tail).name, 60)),
      String(view.body(loop).length),
    ];
    return `| ${cells.join(' | ')} |`;
  };
  const rows = all.slice(0, MAX_LOOPS).map(row);
  if (all.length > MAX_LOOPS) rows.push(`| ${more(all.length - MAX_LOOPS)} | | | | |`);
  return [...WORDS.loops, ...rows].join('\n');
}

function load(view: JobView): string {
  if (!view.plan.vertices.some((vertex) => loadOf(view, vertex).busy !== null)) return '';
  const path = criticalPath(view).map((vertex) => escapeMarkdown(shorten(view.vertex(vertex).name, 40)));
  const slow = bottlenecksOf(view).map(({ vertex }) => escapeMarkdown(vertexName(view.vertex(vertex))));
  const shown = path.length > 12 ? [...path.slice(0, 11), WORDS.morePath(path.length)] : path;
  // Where somebody is held up and the figures do not show by whom, nobody is acquitted.
  const told = slow.length > 0 || backPressured(view) === null ? [WORDS.bottlenecks(slow.slice(0, 10))] : [];
  return [WORDS.load, '', WORDS.criticalPath(shown), ...told].join('\n');
}

function vertices(view: JobView): string {
  const all = view.plan.vertices;
  const rows = all.slice(0, MAX_VERTICES).map((vertex) => {
    const { busy, backPressured } = loadOf(view, vertex);
    const share = (value: number | null) => (value === null ? '' : percent(value));
    const cells = [
      escapeMarkdown(vertex.id.length > 12 ? vertex.id.slice(0, 8) : vertex.id),
      escapeMarkdown(shorten(vertex.name, 80)),
      String(vertex.parallelism ?? ''),
      String(view.level(vertex.index)),
      share(busy),
      share(backPressured),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  if (all.length > MAX_VERTICES) rows.push(`| | ${more(all.length - MAX_VERTICES)} | | | | |`);
  return [...WORDS.vertices, ...rows].join('\n');
}
