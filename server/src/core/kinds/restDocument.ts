import { type IcicleDocument, mapIciclePlaces } from '../../../../common/icicle.ts';
import { EMPTY_SPAN, type Span } from '../../../../common/span.ts';
import type { LogAnalysis } from '../analysis/log/model.ts';
import { documentsOf, failuresIn, type RestAnalysis } from '../analysis/rest/model.ts';
import { settle } from '../findings.ts';
import { versionNamed, versionSet } from '../flinkVersion.ts';
import { LogBuilder } from '../log/builder.ts';
import { readExceptions } from '../log/restExceptions.ts';
import type { FlinkVersion, Input, Options } from '../model.ts';
import { problem } from '../problems.ts';
import type { RestModel } from '../rest/model.ts';
import { parseRest } from '../rest/parse.ts';
import { restRules } from '../rules/rest/index.ts';
import { restDigest } from '../views/rest/digest.ts';
import { flameIcicle, profileIcicle } from '../views/rest/flameIcicle.ts';
import { restReport, restVerdict } from '../views/rest/report.ts';
import { restSummary } from '../views/rest/summary.ts';
import { concludeLog } from './concludeLog.ts';
import { flinkLogKind } from './flinkLog.ts';
import { jobGraphKind } from './jobGraph.ts';
import { defineKind } from './kind.ts';

/** The failures that the documents name, read as a log; null where they name none. */
async function failuresOf(rest: RestModel, { uri, text }: Input, { settings, checkpoint }: Options): Promise<LogAnalysis | null> {
  const documents = failuresIn(rest);
  if (documents.length === 0) return null;
  const builder = new LogBuilder();
  const read = await readExceptions(documents, text, checkpoint, (record) => builder.add(record));
  return concludeLog(builder.model(read), settings, { uri, files: [] });
}

function versionOf(rest: RestModel, { settings }: Options): FlinkVersion | null {
  const set = versionSet(settings['logjam.flinkVersion']);
  if (set !== null) return set;
  const named = [...documentsOf(rest, 'overview'), ...documentsOf(rest, 'dashboard')].find(({ flinkVersion }) => flinkVersion !== null)?.flinkVersion;
  return named === undefined || named === null ? null : versionNamed(named, 'rest');
}

function dialectOf({ archive, documents }: RestModel): string {
  if (archive) return 'history-archive';
  const types = new Set(documents.map(({ type }) => type));
  return types.size === 1 ? [...types].join('') : 'rest-documents';
}

async function analyse(input: Input, options: Options): Promise<RestAnalysis> {
  const rest = await parseRest(input.text, options.checkpoint);
  const failures = await failuresOf(rest, input, options);
  const analysis: RestAnalysis = {
    kind: 'rest-document',
    dialect: dialectOf(rest),
    flinkVersion: versionOf(rest, options) ?? failures?.flinkVersion ?? null,
    problems: [...rest.problems, ...(failures?.problems ?? [])],
    findings: [],
    rest,
    failures,
    graph: rest.plans === 0 ? null : await jobGraphKind.analyse(input, options),
  };
  if (rest.documents.length === 0) analysis.problems.push(problem('no-rest-document', {}, { start: 0, end: Math.min(input.text.length, 200) }));
  if (rest.documentsLeft > 0) analysis.problems.push(problem('documents-left', { count: rest.documentsLeft }, EMPTY_SPAN));
  const own = restRules.flatMap((rule) => rule.check(analysis, { settings: options.settings, uri: input.uri }));
  analysis.findings = [...(failures?.findings ?? []), ...settle(own, input.uri), ...(analysis.graph?.findings ?? [])];
  return analysis;
}

/** Samples as a call tree, which they are already; null where no document is of samples. */
function samplesIn(rest: RestModel): IcicleDocument<Span> | null {
  const [flame] = documentsOf(rest, 'flame-graph');
  if (flame !== undefined) return flameIcicle(flame);
  const [profile] = documentsOf(rest, 'profile');
  return profile === undefined ? null : profileIcicle(profile);
}

const hasSamples = (rest: RestModel): boolean => rest.documents.some(({ type }) => type === 'flame-graph' || type === 'profile');

/** What a view of another kind shows of the part that is of that kind. */
export const restDocumentKind = defineKind('rest-document', {
  analyse,
  summary: restSummary,
  digest: restDigest,
  verdict: restVerdict,
  report: restReport,
  has: ({ failures, graph, rest }, view) => {
    if (view === 'report') return true;
    if (view === 'icicle' && hasSamples(rest)) return true;
    return view === 'job' || view === 'scopes' ? graph?.primary != null : failures !== null;
  },
  graphs: {
    job: ({ graph }, focus) => (graph === null ? null : jobGraphKind.graphs.job(graph, focus)),
    scopes: ({ graph }, focus) => (graph === null ? null : jobGraphKind.graphs.scopes(graph, focus)),
    calls: ({ failures }, focus) => (failures === null ? null : flinkLogKind.graphs.calls(failures, focus)),
  },
  documents: {
    timeline: ({ failures }, place, parameters) => (failures === null ? null : flinkLogKind.documents.timeline(failures, place, parameters)),
    icicle: ({ failures, rest }, place, parameters) => {
      const samples = samplesIn(rest);
      if (samples !== null) return mapIciclePlaces(samples, place);
      return failures === null ? null : flinkLogKind.documents.icicle(failures, place, parameters);
    },
  },
  texts: { trace: ({ failures }, made) => (failures === null ? null : flinkLogKind.texts.trace(failures, made)) },
});
