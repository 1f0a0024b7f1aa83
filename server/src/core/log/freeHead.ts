import { type Head, levelOf } from './head.ts';
import { DATE_TIME, parseStamp, RARE_STAMP, TIME_ONLY } from './time.ts';

/** A head longer than this is none. */
const MAX_LENGTH = 400;
const MAX_PARTS = 12;

const sticky = (source: string, flags = '') => new RegExp(source, `y${flags}`);
const STAMP = sticky(`[[(<]?(?<ts>${RARE_STAMP}|${DATE_TIME}|${TIME_ONLY})(?:\\s?[,.]\\s\\d{3}|\\s[,.]\\d{3})?[\\])>]?(?=[\\s\\]|,;\\[-]|$)`);
const LEVEL = sticky(
  '[[(<]?(?<level>TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE|CONFIG|FINE[RS]?T?|CRITICAL|NOTICE)\\s*[\\])>]?(?=[\\s:|\\[(-]|$)',
  'i',
);
const LEVEL_WORD = '(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE|CRITICAL)';
/** Blanks and what layouts put between the parts; a single dash where a level or a logger stands between it and the next one. */
const BETWEEN = sticky(`[\\s,;]*(?:(?:---?|[|–]|-(?=\\s+(?:${LEVEL_WORD}|(?:[a-z_]\\w{0,60}\\.){2,12}[A-Z][\\w$]{0,100})\\s+-\\s))[\\s]*)?`);
/** What stands between the head and the message. */
const END = sticky('\\s*(?:(?:[-–—|:]+|[=-]?>{1,2})(?=\\s|$)|[:|])\\s?');
const BRACKETS = sticky('\\[((?:[^\\[\\]\\n]|\\[[^\\[\\]\\n]*\\]){0,160})\\]|\\(([\\w.$<>:-]{1,160})\\)|(?:MDC)?\\{([^{}\\n]{0,160})\\}');
const PROCESS = sticky('\\d{1,8}(?=\\s+---?\\s)');
const SOURCE = sticky('\\(?[\\w$-]+\\.(?:java|scala|kt|py):\\d+\\)?');
/** A class without its package is one before its line. */
const LOGGER = sticky('(?<logger>[A-Za-z_$][\\w$-]*(?:\\.[\\w$~*-]+)+|[A-Z][\\w$]{0,100}(?=:\\d{1,6}\\s+[-–]\\s))(?:[:(]\\d+\\)?)?');
/** A thread's name without brackets, or the name of Python's logger between dashes: the level behind it, and what follows that, tell. */
const THREAD = sticky(
  `(?<thread>\\S.{0,160}?)\\s+(?=${LEVEL_WORD}\\s+[A-Za-z_$][\\w$-]*(?:\\.[\\w$~*-]+)+\\s*(?:\\[[^\\]\\n]{0,80}\\]\\s*)?(?:[-–—:|]{1,3}|[=-]?>{1,2})(?:\\s|$))`,
);
/** The same where the level stands before it: only a class and a separator that no sentence has tell where the name ends. */
const THREAD_BEHIND = sticky(
  '(?<thread>\\S.{0,160}?)\\s+(?=(?:(?:[a-z_][\\w-]{0,60}\\.){2,12}[A-Z][\\w$]{0,100}\\s+--|org\\.apache\\.flink(?:\\.[a-z_][\\w-]{0,60}){1,10}\\.[A-Z][\\w$]{0,100}\\s+-)\\s)',
);
const NAME = sticky(`(?:-\\s+)?(?<name>[\\w.$-]{1,120})\\s+-\\s+(?=${LEVEL_WORD}\\s+-\\s)`);
/** Between two bars: any word or two. */
const CELL = sticky('[^|\\n]{1,80}?(?=\\s*\\|)');
const IS_LOGGER = /^[A-Za-z_$][\w$-]*(?:\.[\w$~*-]+)+$/;
/** A source line in brackets of any kind is no logger. */
const FILE = /^[\w$-]+\.(?:java|scala|kt|py)(?::\d+)?$/;
/** Threads of a pool, and the actors of Flink, are numbered; no class is. */
const IS_NUMBERED = /-\d{1,9}$/;
const IS_EXCEPTION = /(?:Exception|Error|Throwable)$/;
/** A name that needs nothing behind it to be taken for a logger's: packages, then a class. */
const CLASS_NAME = /^(?:[a-z_][\w-]*\.){2,}[A-Z][\w$]*$/;

/**
 * Reads the head of a line in a layout that nobody has described: time, level, thread, logger and context in any
 * order, in brackets or between bars. Null when there is no time or no level among them.
 */
export function readFreeHead(line: string): Head | null {
  const reader = new FreeHead(line.length > MAX_LENGTH ? line.slice(0, MAX_LENGTH) : line);
  return reader.read();
}

class FreeHead {
  readonly #line: string;
  #at = 0;
  #stamp: Head['stamp'] = null;
  #level: Head['level'] = null;
  #logger: string | null = null;
  #thread: string | null = null;
  #context: string | null = null;
  /** Behind time and level: here the message starts if nothing behind them proves to be a logger. */
  #core = -1;
  #coreThread: string | null = null;
  #bars = false;

  constructor(line: string) {
    this.#line = line;
  }

  read(): Head | null {
    for (let parts = 0; parts < MAX_PARTS; parts++) {
      const before = this.#at;
      const between = this.#take(BETWEEN)?.[0] ?? '';
      if (between.includes('|')) this.#bars = true;
      if (this.#time() || this.#severity()) {
        if (this.#stamp === null || this.#level === null || this.#core !== -1) continue;
        this.#core = this.#at;
        this.#coreThread = this.#thread;
        continue;
      }
      if (this.#named()) return this.#head(this.#message(this.#at));
      if (this.#other()) {
        // A logger in brackets, behind time and level: nothing of the head comes after it.
        if (this.#logger !== null && this.#core !== -1) return this.#head(this.#message(this.#at));
        continue;
      }
      if (this.#unbracketed()) continue;
      this.#at = before;
      break;
    }
    if (this.#core === -1) return null;
    this.#thread = this.#coreThread;
    this.#context = null;
    return this.#head(this.#message(this.#core));
  }

  #head(message: number): Head | null {
    if (this.#stamp === null || this.#level === null) return null;
    return { stamp: this.#stamp, level: this.#level, logger: this.#logger, thread: this.#thread, context: this.#context, message };
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#line);
    if (match !== null) this.#at += match[0].length;
    return match;
  }

  #time(): boolean {
    if (this.#stamp !== null) return false;
    const match = this.#take(STAMP);
    if (match === null) return false;
    this.#stamp = parseStamp(match.groups?.ts ?? '');
    if (this.#stamp === null) this.#at -= match[0].length;
    return this.#stamp !== null;
  }

  #severity(): boolean {
    if (this.#level !== null) return false;
    const match = this.#take(LEVEL);
    if (match === null) return false;
    this.#level = levelOf(match.groups?.level);
    return true;
  }

  /** A logger, after which the message begins: in brackets, before a separator, or a class's full name. */
  #named(): boolean {
    if (this.#stamp === null || this.#level === null) return false;
    const start = this.#at;
    const match = this.#take(LOGGER);
    const name = match?.groups?.logger;
    if (name === undefined || IS_EXCEPTION.test(name) || IS_NUMBERED.test(name)) {
      this.#at = start;
      return false;
    }
    const end = this.#at;
    // Thread, context or source line may stand between the logger and its separator.
    for (let more = 0; more < 3; more++) {
      const part = this.#at;
      this.#take(/\s*/y);
      if (!this.#other()) {
        this.#at = part;
        break;
      }
    }
    const behind = this.#at;
    if (this.#take(END) !== null) {
      this.#at = behind;
      this.#logger = name;
      return true;
    }
    this.#at = end;
    if (!CLASS_NAME.test(name)) {
      this.#at = start;
      return false;
    }
    this.#logger = name;
    return true;
  }

  /** What stands without brackets between time and level, or behind both of them. */
  #unbracketed(): boolean {
    if (this.#stamp === null) return false;
    if (this.#level !== null) {
      const behind = this.#thread === null ? this.#take(THREAD_BEHIND)?.groups?.thread : undefined;
      this.#thread ??= behind ?? null;
      return behind !== undefined;
    }
    const name = this.#take(NAME)?.groups?.name;
    if (name !== undefined) {
      this.#logger = name;
      return true;
    }
    const before = this.#at;
    const thread = this.#take(THREAD)?.groups?.thread;
    // With a second time in it, it is what a container runtime puts before the line.
    if (thread === undefined || /\d\d:\d\d:\d\d/.test(thread)) {
      this.#at = before;
      return false;
    }
    this.#thread ??= thread;
    return true;
  }

  /** Thread, context, process id, source line. */
  #other(): boolean {
    if (this.#take(PROCESS) !== null || this.#take(SOURCE) !== null) return true;
    const match = this.#take(BRACKETS);
    if (match === null) return this.#bars && this.#cell();
    const text = (match[1] ?? match[2] ?? match[3] ?? '').trim();
    if (FILE.test(text)) return true;
    if (this.#logger === null && IS_LOGGER.test(text.replace(/:\d+$/, '')) && !/^\d/.test(text) && !IS_NUMBERED.test(text))
      this.#logger = text.replace(/:\d+$/, '');
    else if (/^[0-9a-f]{32}$/.test(text) || match[3] !== undefined || this.#thread !== null) this.#context = text === '' ? this.#context : text;
    else if (text !== '') this.#thread = text;
    return true;
  }

  #cell(): boolean {
    const match = this.#take(CELL);
    if (match === null) return false;
    const text = match[0].trim();
    if (this.#logger === null && IS_LOGGER.test(text) && !IS_NUMBERED.test(text)) this.#logger = text;
    else this.#thread ??= text;
    return true;
  }

  #message(from: number): number {
    this.#at = from;
    // An empty context is no part of the message.
    this.#take(/\s*\[\](?=\s*-)/y);
    if (this.#take(END) === null) this.#take(/\s*/y);
    return this.#at;
  }
}
