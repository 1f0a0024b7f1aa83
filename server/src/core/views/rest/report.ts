import type { RestAnalysis } from '../../analysis/rest/model.ts';
import { vertexNames } from '../../analysis/rest/names.ts';
import type { RestDocument } from '../../rest/model.ts';
import { headline } from '../../rules/saying.ts';
import { escapeMarkdown, shorten } from '../../wording.ts';
import { behindVerdict } from '../findings.ts';
import { jobGraphReport } from '../jobgraph/report.ts';
import { failureSections } from '../log/report/index.ts';
import { toldFindings, type Verdict, verdictOf } from '../verdict.ts';
import { type DocumentTable, tableOf } from './tables.ts';
import { REST_WORDS as WORDS } from './words.ts';

const MAX_FINDINGS = 50;
/** An archive has one or two documents for each attempt of each subtask. */
const MAX_DOCUMENTS = 40;
const MAX_CELL = 160;

/** The report page of documents of the REST API, as Markdown. Failures and jobs are told as those of a log and of a plan. */
export function restReport(analysis: RestAnalysis, title: string, uri?: string): string {
  const { rest, findings, failures, graph } = analysis;
  const names = vertexNames(analysis);
  const own = rest.documents.filter(isTold(rest.archive));
  const told = own.length === 0 ? rest.documents : own;
  const tables = told.slice(0, MAX_DOCUMENTS).map((document) => tableOf(document, names));
  const parts = [
    `# ${escapeMarkdown(title)}`,
    `**${escapeMarkdown(restVerdict(analysis).text)}**`,
    ...behindVerdict(toldFindings(findings), (one) => escapeMarkdown(headline(one)), MAX_FINDINGS),
    rest.archive ? WORDS.archive(rest.documents.length) : rest.documents.length === 1 ? '' : WORDS.documents(rest.documents.length),
    ...tables.map(tableMarkdown),
    told.length > MAX_DOCUMENTS ? WORDS.hidden(told.length - MAX_DOCUMENTS) : '',
    failures === null ? '' : deeper([`# ${WORDS.failures}`, '', ...failureSections(failures, uri)].join('\n')),
    graph === null ? '' : deeper(jobGraphReport(graph, WORDS.graph)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

export function restVerdict({ findings }: RestAnalysis): Verdict {
  const [worst] = toldFindings(findings);
  return worst === undefined ? { text: WORDS.nothing, finding: null } : verdictOf(worst);
}

/** An archive has every subtask three more times: its times, its attempts, and with others of its TaskManager. */
function isTold(archive: boolean): (document: RestDocument) => boolean {
  return (document) =>
    document.type !== 'other' && document.type !== 'errors' && (!archive || document.type !== 'vertex' || document.of === 'subtasks');
}

/** Columns in which no row has anything are left out. */
function tableMarkdown({ title, of, facts, columns, rows, left }: DocumentTable): string {
  const filled = columns.map((column, index) => ({ column, index })).filter(({ index }) => rows.some(({ cells }) => (cells[index] ?? '') !== ''));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${escapeMarkdown(of === null ? title : `${title}: ${shorten(of, MAX_CELL)}`)}`,
    '',
    ...facts.map(({ name, value }) => `- ${name}: ${escapeMarkdown(shorten(value, 1000))}`),
    ...(facts.length > 0 && rows.length > 0 ? [''] : []),
    ...(rows.length === 0 || filled.length === 0
      ? []
      : [
          line(filled.map(({ column }) => WORDS.columns[column])),
          line(filled.map(() => '---')),
          ...rows.map(({ cells }) => line(filled.map(({ index }) => escapeMarkdown(shorten(cells[index] ?? '', MAX_CELL))))),
        ]),
    ...(left > 0 ? ['', WORDS.hidden(left)] : []),
  ]
    .join('\n')
    .trimEnd();
}

/** A report within a report: its headings are one level down. */
const deeper = (report: string): string => report.replace(/^#(?=#* )/gm, '##').trimEnd();
