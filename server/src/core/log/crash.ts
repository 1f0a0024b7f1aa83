/** What HotSpot says of its own crash, on standard output and at more length in hs_err_pidN.log. */

/** Named as fields of an event: those that stand in the text. */
export type CrashFields = Record<string, string | undefined>;

/** Lines that only the banner and the report have, or that a JVM without memory leaves behind, from their beginning: they tell what stands before each line, as heads of records do. */
const LINE =
  /^(?:# (?:A fatal error has been detected by the|There is insufficient memory for the|Problematic frame:)|-{10,} {2}(?:[A-Z] ){5,} ?-{10,}|(?:Terminating|Aborting) due to java\.lang\.OutOfMemoryError|Exception: java\.lang\.OutOfMemoryError thrown from|\S{0,200}(?:\.sh|bash): line \d+: +\d+ (?:Killed|Aborted|Segmentation fault)\b)/;

export const isCrashLine = (line: string): boolean => LINE.test(line);

/** One that says in which thread, and does not come to it. */
const CUT = /^Exception: java\.lang\.OutOfMemoryError thrown from(?: the(?: \w{1,40}(?: in(?: thread(?: "[^"\n]{0,200})?)?)?)?)?\s*$/;

export const isCutCrashLine = (line: string): boolean => CUT.test(line);

/** The banner is short; a report has its sections on the thread and on memory near its beginning. */
const MAX_BANNER_LENGTH = 4000;
const MAX_REPORT_LENGTH = 200_000;

const SIGNAL = /^#\s+(?<signal>SIG[A-Z]+|EXCEPTION_[A-Z_]+|Internal Error)\b/m;
const FRAME = /^# Problematic frame:\s*\n#\s*(?<frame>\S.*)$/m;
const LIBRARY = /\[(?<library>[^[\]+]+)(?:\+0x[\da-f]+)?\]/;
const WANTED = /^# (?<wanted>Native memory allocation \([\w ]+\) failed to (?:allocate|map|commit|reserve) \d+ bytes[^\n]*?)\.?$/m;
const OUT = /^#\s*Out of Memory Error/m;
const REPORT = /^# An error report file with more information is saved as:\s*\n#\s*(?<report>\S.*)$/m;
const THREAD = /^Current thread \([^()\n]*\):\s+(?<kind>\w+) "(?<thread>[^"\n]+)"(?:[^\n[]*\[(?<state>\w+))?/m;
const MEMORY = /^Memory: (?<memory>[^\n]+)$/m;
const TIME = /^(?:time|Time): (?<time>[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d (?:[A-Z]{3,4} )?\d{4})/m;

/** Reads the report that begins at an offset of a text, as far as it is there. */
export function crashFields(text: string, from: number): CrashFields {
  const banner = text.slice(from, from + MAX_BANNER_LENGTH);
  const report = text.slice(from, from + MAX_REPORT_LENGTH);
  const frame = FRAME.exec(banner)?.groups?.frame;
  return {
    signal: SIGNAL.exec(banner)?.groups?.signal,
    frame,
    library: frame === undefined ? undefined : LIBRARY.exec(frame)?.groups?.library,
    wanted: WANTED.exec(banner)?.groups?.wanted ?? (OUT.test(banner) ? 'native memory' : undefined),
    report: REPORT.exec(banner)?.groups?.report,
    thread: THREAD.exec(report)?.groups?.thread,
    memory: MEMORY.exec(report)?.groups?.memory,
    crashed: TIME.exec(report)?.groups?.time,
  };
}
