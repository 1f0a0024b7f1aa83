import { isForeign } from './events.ts';

/** Loggers whose INFO records may hold something that the analysis wants; the rest is only counted. */
const WANTED_LOGGERS =
  /^(?:org\.apache\.flink|o\.a\.f(?:link)?)\.(?:runtime\.(?:taskmanager\.|taskexecutor\.(?:TaskExecutor|TaskManagerRunner)$|executiongraph\.|scheduler\.(?:Default|Adaptive|Scheduler)|checkpoint\.(?:Checkpoint|DefaultCompleted)|jobmaster\.JobMaster$|resourcemanager\.(?:ResourceManager|StandaloneResourceManager|active\.|slotmanager\.)|dispatcher\.|entrypoint\.|util\.(?:EnvironmentInformation|SignalHandler|bash\.|Fatal)|r\.)|yarn\.|kubernetes\.|util\.|streaming\.runtime\.(?:tasks|io)\.)|BashJavaUtils/;

/** Answers: INFO records are of no interest; they may be; not one of Flink's own loggers. */
const PLAIN = 0;
export const WANTED = 1;
export const FOREIGN = 2;

const SLOTS = 4096;

/** Decides by the bytes of the logger's name, remembered by hash: no string is made for a record that is skipped. */
export class LoggerInterest {
  readonly #hashes = new Float64Array(SLOTS);
  readonly #answers = new Uint8Array(SLOTS);
  #filled = 0;

  /** `at`: where the level stands; the logger follows it behind blanks. */
  of(bytes: Uint8Array, at: number, end: number): number {
    let start = at + 4;
    while (start < end && (bytes[start] as number) > 64) start++;
    while (start < end && bytes[start] === 32) start++;
    // A bracket: the thread's name comes first, the logger has no place that is cheap to find.
    if (bytes[start] === 91) return WANTED;
    let hash = 0x811c9dc5;
    let stop = start;
    for (; stop < end; stop++) {
      const byte = bytes[stop] as number;
      if (byte <= 32) break;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    const key = (hash >>> 0) * 256 + ((stop - start) & 255) + 1;
    let slot = hash & (SLOTS - 1);
    for (let probes = 0; probes < 16; probes++) {
      const known = this.#hashes[slot];
      if (known === key) return this.#answers[slot] as number;
      if (known === 0) {
        const logger = ascii(bytes, start, stop);
        const answer = WANTED_LOGGERS.test(logger) ? WANTED : isForeign(logger) ? FOREIGN : PLAIN;
        if (this.#filled < SLOTS / 2) {
          this.#filled++;
          this.#hashes[slot] = key;
          this.#answers[slot] = answer;
        }
        return answer;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return WANTED;
  }
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < Math.min(end, start + 200); at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}
