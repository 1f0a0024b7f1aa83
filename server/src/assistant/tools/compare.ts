import * as v from 'valibot';
import type { Incident } from '../../../../common/incident.ts';
import { diff } from '../../core/kinds/index.ts';
import type { Case } from '../cases.ts';
import { cursor, page, paged, tokens, told } from '../paging.ts';
import { caseId, sourceName } from '../schemas.ts';
import { tool } from '../tool.ts';
import { ToolError } from '../toolError.ts';
import { TOOL_TITLES } from '../toolTitleWords.ts';
import { COMPARE } from '../words.ts';

export const compare = tool({
  name: 'logjam_compare',
  ...TOOL_TITLES.logjam_compare,
  description: COMPARE.description,
  input: v.strictObject({
    case: caseId,
    other: v.exactOptional(v.pipe(v.string(), v.maxLength(100), v.description(COMPARE.other))),
    source: sourceName,
    otherSource: v.exactOptional(v.pipe(v.string(), v.maxLength(4096), v.description(COMPARE.otherSource))),
    cursor,
    tokens,
  }),
  output: v.strictObject({ what: v.string(), lines: v.pipe(v.array(v.string()), v.description(COMPARE.lines)), ...page }),
  run: async (cases, { case: id, other, source, otherSource, ...input }, waiter) => {
    const one = await cases.of(id);
    const two = other === undefined ? one : await cases.of(other);
    const [first, second] = [source ?? onlySource(one, 0), otherSource ?? onlySource(two, other === undefined ? 1 : 0)];
    const whole = first === null || second === null;
    if (whole && one === two) throw new ToolError(COMPARE.same([...one.uris.keys()]));
    const lines = whole
      ? differences(one.incident, two.incident)
      : ((diff((await cases.source(one, first, waiter)).analysis, (await cases.source(two, second, waiter)).analysis) ?? null)?.split('\n') ?? null);
    if (lines === null) throw new ToolError(COMPARE.notAlike(first ?? '', second ?? ''));
    const { items, more, next } = paged(lines, input.cursor, input, (line) => told(line));
    return { what: whole ? COMPARE.cases(id, other ?? '') : COMPARE.files(first, second), lines: items, more, next };
  },
});

/** Cases of few files are compared file by file: the source of that number where the case has no more than two; else null. */
function onlySource({ incident }: Case, at: number): string | null {
  const { read } = incident.coverage;
  return read.length <= 2 ? (read[at]?.source ?? null) : null;
}

/** What one incident says and the other does not. */
function differences(one: Incident, two: Incident): string[] {
  const says = ({ findings }: Incident) => new Set(findings.map(({ code, message }) => `${code}: ${message}`));
  const [before, after] = [says(one), says(two)];
  const [gone, come] = [[...before].filter((each) => !after.has(each)), [...after].filter((each) => !before.has(each))];
  return [
    COMPARE.verdict(one.verdict.sentence, two.verdict.sentence),
    ...gone.map((each) => COMPARE.only('first', each)),
    ...come.map((each) => COMPARE.only('second', each)),
    COMPARE.both([...before].length - gone.length),
  ];
}
