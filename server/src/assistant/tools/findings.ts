import * as v from 'valibot';
import { SEVERITIES } from '../../core/findings.ts';
import { type Case, placeText } from '../cases.ts';
import { cursor, page, paged, tokens, told } from '../paging.ts';
import { caseId } from '../schemas.ts';
import { tool } from '../tool.ts';
import { TOOL_TITLES } from '../toolTitleWords.ts';
import { FINDINGS } from '../words.ts';

/** Places of a finding; explain has them all. */
const MAX_PLACES = 3;

/** Ids of the findings of a case count in its order: by cause, the verdict's own first. */
export const findingId = (index: number): string => `F${index + 1}`;

export const findings = tool({
  name: 'logjam_findings',
  ...TOOL_TITLES.logjam_findings,
  description: FINDINGS.description,
  input: v.strictObject({
    case: caseId,
    severity: v.optional(v.pipe(v.picklist(['error', 'warning', 'info', 'hint']), v.description(FINDINGS.severity)), 'hint'),
    certainty: v.exactOptional(v.pipe(v.picklist(['proved', 'suspected', 'unknown']), v.description(FINDINGS.certainty))),
    text: v.exactOptional(v.pipe(v.string(), v.description(FINDINGS.text))),
    cursor,
    tokens,
  }),
  output: v.strictObject({
    findings: v.array(
      v.strictObject({
        id: v.string(),
        rule: v.string(),
        severity: v.string(),
        certainty: v.string(),
        message: v.string(),
        knownIssue: v.nullable(v.string()),
        at: v.array(v.string()),
        morePlaces: v.number(),
      }),
    ),
    ...page,
    beyond: v.pipe(v.number(), v.description(FINDINGS.beyond)),
  }),
  run: async (cases, { case: id, severity, certainty, text, ...input }) => {
    const opened = await cases.of(id);
    const kept = opened.incident.findings
      .map((finding, index) => ({ id: findingId(index), finding }))
      .filter(({ finding }) => SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(severity))
      .filter(({ finding }) => certainty === undefined || finding.certainty === certainty)
      .filter(({ finding }) => text === undefined || `${finding.code} ${finding.message}`.toLowerCase().includes(text.toLowerCase()));
    const { items, more, next } = paged(kept, input.cursor, input, row);
    return { findings: items, more, next, beyond: opened.incident.findingsLeft };
  },
});

const row = ({ id, finding }: { id: string; finding: Case['incident']['findings'][number] }) => ({
  id,
  rule: finding.code,
  severity: finding.severity,
  certainty: finding.certainty,
  message: told(finding.message),
  knownIssue: finding.knownIssue,
  at: placesOf(finding).slice(0, MAX_PLACES),
  morePlaces: Math.max(0, placesOf(finding).length - MAX_PLACES) + finding.more,
});

const placesOf = ({ at }: Case['incident']['findings'][number]): string[] => [...new Set(at.map(placeText))];
