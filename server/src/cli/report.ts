import { isAbsolute, relative, sep } from 'node:path';
import type { Kind } from '../../../common/ids.ts';
import type { IncidentVerdict } from '../../../common/incident.ts';
import type { Range } from '../../../common/span.ts';
import { type Analysis, summary, verdict } from '../core/kinds/index.ts';
import type { Summary } from '../core/kinds/kind.ts';
import type { Certainty, Facts, Severity } from '../core/model.ts';
import type { PlaceOf, Places } from '../core/places.ts';
import { filePathOf } from '../io/filePath.ts';
import type { Failure, Loaded } from './inputs.ts';

/** The JSON of `logjam check`: docs/check.schema.json describes it, tests validate against that. */
export interface CheckReport {
  schema: 1;
  files: FileReport[];
  /** What several files are together; absent for one, and for plans and sources alone. */
  verdict?: IncidentVerdict;
  /** Of clusters among them that have nothing in common with that of the verdict; absent where there are none. */
  others?: { name: string; verdict: IncidentVerdict }[];
  /** What could not be read; absent where everything was. */
  failures?: Failure[];
}

export interface FileReport {
  path: string;
  kind: Kind;
  dialect: string;
  flinkVersion: { range: string; evidence: string } | null;
  problems: { message: string; range: Range }[];
  /** What the file as a whole makes one suspect where there is no finding; null: nothing. */
  suspicion: string | null;
  findings: FindingReport[];
  summary: Summary;
}

export interface FindingReport {
  id: string;
  code: string;
  severity: Severity;
  certainty: Certainty;
  message: string;
  details: string[];
  advice: string[];
  range: Range;
  related: { path: string; range: Range; message: string }[];
  evidence: string[];
  missing: string[];
  knownIssue: string | null;
  facts: Facts;
  fingerprint: string;
  fixes: { title: string; kind: string }[];
}

/** What there is to say of a file that was read and analysed. */
export async function fileReport(loaded: Loaded, places: Places): Promise<FileReport> {
  const { name, analysis } = loaded;
  // The summary holds no places; a large log's is made once.
  const own = summary(analysis);
  return places.withPlaces(loaded, (place) => ({ ...reportOf(name, analysis, place), summary: own }));
}

function suspicionOf(analysis: Analysis): string | null {
  const told = verdict(analysis);
  return told?.suspicion === true ? told.text : null;
}

function reportOf(path: string, analysis: Analysis, place: PlaceOf): Omit<FileReport, 'summary'> {
  const { kind, dialect, flinkVersion } = analysis;
  return {
    path,
    kind,
    dialect,
    flinkVersion: flinkVersion === null ? null : { range: flinkVersion.range, evidence: flinkVersion.evidence },
    problems: analysis.problems.map(({ message, span }) => ({ message, range: place(span) })),
    suspicion: suspicionOf(analysis),
    findings: analysis.findings.map((finding) => ({
      id: finding.id,
      code: finding.code,
      severity: finding.severity,
      certainty: finding.certainty,
      message: finding.message,
      details: finding.details,
      advice: finding.advice,
      range: place(finding.at),
      related: finding.related.map(({ message, at }) => {
        const { uri, ...range } = place(at);
        return { path: uri === undefined ? path : pathOf(uri, path), range, message };
      }),
      evidence: finding.evidence,
      missing: finding.missing,
      knownIssue: finding.knownIssue,
      facts: finding.facts,
      fingerprint: finding.fingerprint,
      fixes: finding.fixes.map(({ title, kind: fixKind }) => ({ title, kind: fixKind })),
    })),
  };
}

/** Another file, named in the way the one at hand is: as a path from here, or a whole one. */
function pathOf(uri: string, beside: string): string {
  const whole = filePathOf(uri);
  if (whole === null) return uri;
  return isAbsolute(beside) ? whole : relative('', whole).split(sep).join('/');
}
