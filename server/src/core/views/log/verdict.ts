import type { LogAnalysis } from '../../analysis/log/model.ts';
import { outlookOf } from '../../analysis/log/outlook.ts';
import { firstFailure } from '../../rules/log/firstFailure.ts';
import { episodeHeadline } from '../../rules/log/words.ts';
import { headline } from '../../rules/saying.ts';
import { toldFindings, type Verdict, verdictOf } from '../verdict.ts';
import { outlookTexts } from './words.ts';

/** Said of one failure, whatever the number of others. */
const ALONE = { number: 1, of: 1, count: 1, causes: 1 };

/** What failed first; where nothing did, the worst that deserves a look; else how things are as far as the log tells. */
export function logVerdict(analysis: LogAnalysis): Verdict {
  const { failures, findings } = analysis;
  const told = toldFindings(findings);
  const main = failures.episodes.find(({ first }) => first === failures.first);
  if (main !== undefined) {
    const own = told.find(({ id, at }) => id === firstFailure.id && at.span.start === main.first.span.start);
    return { text: headline({ certainty: main.certainty, message: episodeHeadline(main, ALONE) }), finding: own ?? null };
  }
  const [worst] = told;
  if (worst !== undefined && worst.severity !== 'info') return verdictOf(worst);
  const [text = ''] = outlookTexts(outlookOf(analysis), (line) => String(line + 1));
  return { text, finding: null };
}
