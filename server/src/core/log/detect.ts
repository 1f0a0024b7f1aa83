import { withoutColours } from '../unwrap/lines/colours.ts';
import { peel } from '../unwrap/lines/prefixes.ts';
import { brokenStrings, hasBrokenStrings } from '../unwrap/packings/brokenStrings.ts';
import { rejoined } from '../unwrap/packings/wrapped.ts';
import { atOnce } from '../unwrap/steps.ts';
import { findWrapper } from './findWrapper.ts';
import { LayoutMatcher } from './layouts.ts';
import { logLines } from './lines.ts';
import { logReading } from './readable.ts';
import { isToldBehindQuotation } from './told.ts';

const SAMPLE_LINES = 300;
/** The beginning of a line tells what it is. */
const MAX_BEGINNING_LENGTH = 2000;

/** Of a text whose lines may be broken so much is put together. */
const SAMPLE_LENGTH = 64 * 1024;
const SURE = 0.85;
/** Without any of them no text is a log, however its lines are put together. */
const CLUE = /\d\d:\d\d:\d\d|[a-z]Exception|[a-z]Error\b|org\.apache\.flink|^(?:> ?)*# /m;

/** Without half of a heading's rule no text is the report of a crash, wherever its lines are broken. */
const RULE = /-{5}/;

/** What is no report of a crash is never surer. */
const MOST = 0.95;

/**
 * How much a sample looks like a Flink log (or stack traces cut from one): 0 not at all, 1 certain. `least`: what is of no
 * use up to there; the records are not looked at where they cannot be worth more.
 */
export function detectFlinkLog(sample: string, least = 0): number {
  const bare = scoreOf(sample, least);
  const beginning = sample.slice(0, SAMPLE_LENGTH);
  if (bare >= SURE || !(least >= MOST ? RULE : CLUE).test(beginning)) return bare;
  // Lines of a mail may have to be put together before they look like anything, and so may strings of records in JSON.
  const joined = strings(beginning) ?? rejoined(beginning, logLines);
  return joined === null ? bare : Math.max(bare, scoreOf(joined, least));
}

/** A text whose strings were broken, with them whole; null where none are. */
const strings = (text: string): string | null => (hasBrokenStrings(text) ? (atOnce(brokenStrings.undo(text, logReading))?.text ?? null) : null);

function scoreOf(sample: string, least: number): number {
  // The report of a crash lists threads too, and is no dump of them.
  const crash = CRASH.test(sample) ? (CRASH_REPORT.test(sample) ? 0.98 : 0.9) : 0;
  return least >= MOST ? crash : Math.max(Math.min(recordsScore(sample), MOST), crash);
}

function recordsScore(sample: string): number {
  const lines = (sample.includes('&nbsp;') ? sample.replaceAll('&nbsp;', ' ') : sample)
    .split('\n', SAMPLE_LINES)
    .map((line) => withoutColours(line.slice(0, MAX_BEGINNING_LENGTH)));
  const wrapper = findWrapper(lines);
  const matcher = new LayoutMatcher();
  let heads = 0;
  let known = 0;
  let headless = 0;
  let frames = 0;
  let causes = 0;
  let json = 0;
  for (const raw of lines) {
    const line = (wrapper === null ? raw : (peel(wrapper, raw)?.text ?? raw)).trimEnd();
    if (line === '') continue;
    if (matcher.match(line) !== null) {
      // A time in brackets alone is also how GC logs begin their lines.
      if (matcher.last?.id === 'yarn-diagnostics') headless++;
      else {
        heads++;
        if (matcher.last?.id !== 'other') known++;
      }
    } else if (/^\s*at [\w$./<>@-]+\([^)]*\)?/.test(line)) frames++;
    else if (/^(?:Caused by: |Exception in thread "|[\w$.]+(?:Exception|Error)(?::|$))/.test(line)) causes++;
    else if (line.startsWith('{') && /"(?:level|log\.level|messageType)"\s*:\s*"/.test(line) && /"(?:message|msg)"\s*:/.test(line)) json++;
    else headless++;
  }
  const flink = /org\.apache\.flink|o\.a\.f\.|Flink/.test(sample);
  const state = /\sswitched from (?:state )?[A-Z]+ to [A-Z]+/.test(sample);
  const records = heads + json;
  const total = records + headless;
  let score = 0;
  if (records > 0) score = 0.4 + 0.3 * Math.min(1, (records / Math.max(1, total)) * 2) + (flink ? 0.15 : 0) + (state ? 0.1 : 0);
  // A layout that nobody has described, and no word of Flink: the log of something else.
  if (!flink && !state && known === 0 && json === 0) score = 0;
  if ((frames >= 2 && (flink || causes > 0)) || (frames === 1 && flink && causes > 0)) score = Math.max(score, flink ? 0.6 : 0.45);
  // A person who asks for help may leave but one line.
  if (score === 0 && (THROWN_BY_FLINK.test(sample) || sample.split('\n', SAMPLE_LINES).some(isToldBehindQuotation))) score = 0.4;
  if (state) score = Math.max(score, 0.6);
  return score === 0 && flink ? packed(sample) : score;
}

/** The line that names an exception of Flink's own, or behind which its SQL client names one. */
const THROWN_BY_FLINK =
  /^\[ERROR\] Could not execute SQL statement\. Reason:$|^(?:Caused by: )?org\.apache\.flink\.[\w.$]+(?:Exception|Error)(?::|\s*$)/m;

/** What HotSpot prints when it ends by itself, in a .out file often all that there is; the banner's words stand behind any prefix. */
const CRASH =
  /# (?:A fatal error has been detected by|There is insufficient memory for) the (?:Java Runtime Environment|SAP Java)|\b(?:Terminating|Aborting) due to java\.lang\.OutOfMemoryError\b|(?:\.sh|\bbash): line \d+: +\d+ (?:Killed|Aborted|Segmentation fault)\b|\bterminate called after throwing an instance of '|^(?:[>|] ?){0,8}(?:Exception: java\.lang\.OutOfMemoryError thrown from the\b|java\.lang\.OutOfMemoryError: )/m;
const CRASH_REPORT = /-{10} {2}(?:S U M M A R Y|T H R E A D|P R O C E S S) {2}-{10}/;

const PACKED_FRAME = /(?:\b|\\t)at (?:[\w.$@-]*\/){0,2}(?:[\w$-]+\.)+[\w$<>-]+\([\w$ -]+(?:\.(?:java|scala|kt))?(?::\d+)?\)/g;
const PACKED_HEAD = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.,]\d{3} +(?:INFO|WARN|ERROR|DEBUG) /g;

const PACKED_THROWN = /"(?:Caused by: )?org\.apache\.flink\.[\w.$]{3,200}(?:Exception|Error|Throwable): /;

/** Inside a string, a table or a document no line begins like a log's; frames and heads are still there. */
function packed(sample: string): number {
  const frames = sample.match(PACKED_FRAME)?.length ?? 0;
  const heads = sample.match(PACKED_HEAD)?.length ?? 0;
  return frames >= 3 || heads >= 2 || (frames > 0 && PACKED_THROWN.test(sample)) ? 0.4 : 0;
}
