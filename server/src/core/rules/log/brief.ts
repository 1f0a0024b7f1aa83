import type { Thrown } from '../../analysis/log/failureModel.ts';
import { LOG_EVENTS } from '../../knowledge/logEvents.ts';
import { plainWords, SERVICE_ANSWERS, serviceTitle } from '../../knowledge/serviceAnswers.ts';
import { shorten } from '../../wording.ts';

/** How an exception is written where there is little room. It has no words of its own: both languages write it alike. */

/** Behind this the server of Kubernetes says why; before it stands which object was refused. */
const FORBIDDEN = ' is forbidden: ';
/** Exceptions that others were made of stand in their message with the package. */
const PACKAGES_OF_EXCEPTIONS = /(?<![\w$.])(?:[a-z_][\w$]{0,60}\.){1,12}(?=[A-Z][\w$]{0,100}(?:Exception|Error)(?:: |$))/g;

/** Without packages, and only the sentence of a message that says what happened. */
export function briefThrown({ className, message }: Thrown): string {
  const name = innermost(className);
  // The client of Kubernetes names the call first, then what the server said to it.
  const answer = /^Failure executing: .*?\bMessage: (.+)/.exec(message)?.[1] ?? /"errorMsg":"([^"]{1,400})"/.exec(message)?.[1] ?? message;
  const at = answer.lastIndexOf(FORBIDDEN);
  const refused = at === -1 ? answer : answer.slice(at + FORBIDDEN.length);
  const said = firstSentence(refused).replace(PACKAGES_OF_EXCEPTIONS, '');
  return said === '' ? name : `${name}: ${said}`;
}

/** Of several sentences the first says what happened. */
export const firstSentence = (text: string): string => /^.{12,}?[.!?](?=\s)/.exec(text)?.[0] ?? text;

/** Without package and outer classes: "NotAuthorizedException". */
export const innermost = (className: string): string => className.replace(/^.*[.$]/, '');

const CLASS = /(?<![\w$.])(?:[a-z_][\w$]{0,60}\.){2,12}(?=[A-Z])([\w$]{1,200})/g;

const BRACKETS = /\(([^()]{24,1000})\)(?=.{12})/g;

/** What says least goes first, where a sentence is too long: a cut at its end would take what happened. */
const SQUEEZES: readonly ((text: string) => string)[] = [
  // Which interface of Flink a connector or format has, those who write one know.
  (text) => text.replace(/ that implements? '[\w.$]{1,300}' in the classpath\b/, ''),
  // Clients of Amazon put who answered and how into brackets, and identifiers for its support.
  (text) => text.replace(/ \(Service: ([^;,()]{1,60})[;,] Status Code: (\d{3})[^()]{0,600}(?:\([^()]{0,600}\)?)?\)?$/, ' ($1, $2)'),
  // Where an object lay in memory: "KryoSerializer@6a1f3c2e".
  (text) => text.replace(/(?<=[\w$])@[\da-f]{5,8}(?![\w@.-])/g, ''),
  // Paths and addresses: their last part tells them apart.
  (text) => text.replace(/(?<![\w./:])(?:[a-z][a-z\d+.-]{1,12}:\/)?(?:\/[\w.@%+=~-]{1,200}){2,40}(?=\/[\w.@%+=~-])/g, '…'),
  (text) => text.replace(/ \(\d{1,20} bytes\)/g, ''),
  // Which savepoint it is stands at the end (AbstractFsCheckpointStorageAccess).
  (text) =>
    text.replace(
      /^(?:\w{1,60}Exception: )?(Cannot find checkpoint or savepoint) file\/directory (['"].{1,1000}?['"]) on file system .{1,100}$/,
      '$1 $2',
    ),
  // The JVM says first what it was about to do, then what was null.
  (text) => text.replace(/Cannot [^"\n]{1,60}"[^"\n]{1,300}"(?: to [^"\n]{1,60})? because (?:the return value of )?(?=")/, ''),
  // Clients of Elasticsearch and OpenSearch put what it answered into brackets.
  (text) =>
    text.replace(
      /(?:(?:Elasticsearch|OpenSearch)Exception\[)?(?:Elasticsearch|OpenSearch) exception \[type=(\w{1,100}), reason=(.{1,4000}?)\]{1,2}$/,
      '$1: $2',
    ),
  (text) => text.replace(/(?<=Exception: )Operation failed: "([^"]{12,1000})".{0,2000}$/, '$1'),
  (text) => text.replace(/'default_catalog\.default_database\./g, "'"),
  // Of a service account its name, which differs from one to the next, and no group of an interface.
  (text) => text.replace(/"system:serviceaccount:[^":\s]{1,63}:([^":\s]{1,253})"/g, '"$1"').replace(/ in API group "[^"]{0,253}"/g, ''),
  (text) => (packagesTell(text) ? text : text.replace(CLASS, '$1')),
  (text) => text.replace(/(?<![\w-])([\da-f]{8})-?(?:[\da-f]{4}-?){3}[\da-f]{12}(?![\w-])/g, '$1…'),
  // What stands between the words, not what they end with.
  (text) => text.replace(/\{[^{}]{8,1000}\}(?=.{12})/g, '{…}'),
  // In brackets a name in capitals says what they are about.
  (text) => text.replace(BRACKETS, (_, inside: string) => `(${/\b[A-Z]{1,40}(?:_[A-Z]{1,40}){1,6}\b/.exec(inside)?.[0].concat(' ') ?? ''}…)`),
  (text) => text.replace(BRACKETS, '(…)'),
];

/** Two classes of one name are told apart by their packages alone. */
function packagesTell(text: string): boolean {
  const packages = new Map<string, string>();
  for (const [whole, name = ''] of text.matchAll(CLASS)) {
    if ((packages.get(name) ?? whole) !== whole) return true;
    packages.set(name, whole);
  }
  return false;
}

/** The same in less room, if need be without the long names in it. */
export function squeezed(text: string, room: number): string {
  let short = text;
  for (const squeeze of SQUEEZES) if (short.length > room) short = squeeze(short);
  return short;
}

/** Whether what is known is seen of a sentence is decided for so many characters, so that a file and its folder word it alike. */
const DECIDING = 74;

const TELLING = LOG_EVENTS.filter(({ anywhere, severity, consequence }) => anywhere === true && severity === 'error' && consequence !== true);

/** An exception in so much room: where it would be cut before what is known of it, that in words of our own. */
export function thrownWithin(thrown: Thrown, text: string, room: number): string {
  const said = `${thrown.className}: ${thrown.message}`;
  const name = innermost(thrown.className);
  const plain = plainWords(said);
  if (plain !== null) return shorten(plain, room);
  const naming = SERVICE_ANSWERS.find(({ names, pattern }) => names === true && pattern.test(said));
  const short = squeezed(naming === undefined ? text : `${serviceTitle(naming, said)}${text.slice(name.length)}`, room);
  const deciding = Math.min(room, DECIDING);
  if (short.length <= deciding || naming !== undefined) return shorten(short, room);
  const seen = short.slice(0, deciding - 1);
  const answer = SERVICE_ANSWERS.find(({ pattern }) => {
    const [phrase] = pattern.exec(said) ?? [];
    return phrase !== undefined && !seen.includes(phrase);
  });
  const known = answer ?? TELLING.find(({ pattern }) => (pattern.exec(short)?.index ?? 0) >= deciding);
  if (known === undefined) {
    const decisive = withDecisive(short, deciding);
    // What would have to be told without its middle reads better in words of our own.
    const own = ELIDED.test(decisive) ? TELLING.find(({ pattern }) => pattern.test(short)) : undefined;
    return own === undefined ? shorten(decisive, room) : ownWords(name, own.title, room);
  }
  if (answer?.tells === true) return shorten(`${answer.title}: ${said.slice(answer.pattern.exec(said)?.index)}`, room);
  return ownWords(name, serviceTitle(known, said), room);
}

const ELIDED = /… \S/;

/** Behind the class where there is room for both. */
function ownWords(name: string, title: string, room: number): string {
  const named = `${name}: ${title}`;
  return named.length <= Math.min(room, DECIDING) ? named : shorten(title, room);
}

/** The words by which a sentence says that something is wrong: what stands before them only says with what. */
const DECISIVE =
  /\b(?:cannot|can't|couldn't|doesn't|don't|didn't|isn't|aren't|wasn't|(?:(?:is|are|was|were|has|have|had|does|do|did|could|must|may|should) )?not|no longer|already|exceed(?:s|ed)?|(?:larger|smaller|greater|less|lower|higher|more) than|fail(?:s|ed)?|missing|unsupported|invalid|forbidden|denied|refused|rejected|expired|timed out|incompatible|must)\b/;
/** With so much of what follows them they say what; with less they are there at least. */
const BEHIND_DECISIVE = 36;
const AT_LEAST = 20;
const A_WORD = 8;
/** The name of a class that takes so much room repeats what the sentence says. */
const LONG_NAME = 28;
/** So much of what a sentence begins with says what it is about. */
const SUBJECT = 12;
/** Classes that say nothing that the sentence does not. */
const GENERAL =
  /^(?:(?:Runtime|Table|Validation|Flink|FlinkRuntime|IO|SQL|IllegalState|IllegalArgument|IllegalConfiguration|KubernetesClient)?Exception): (?=.{12})/;

/** Behind what is that large: "JVM Overhead (192.000mb)". */
const SIZES = /(?<=\w) \(\d[\d.]{0,20} ?[kmgt]?(?:b|bytes)\)(?= \w)/gi;

/** Reasons that stand at the end of what was tried. */
const REASON = /\b(?:[Nn]o space left|[Pp]ermission denied|[Nn]o such file|[Cc]onnection (?:refused|reset)|[Tt]imed out)\b/;

const decisiveIn = (text: string): number | undefined => (REASON.exec(text) ?? DECISIVE.exec(text))?.index;

/** A sentence that is too long, without its class, and without what stands before its decisive words, where a cut would take those. */
function withDecisive(text: string, room: number): string {
  const shown = (one: string, behind: number): boolean => {
    const at = decisiveIn(one);
    return at === undefined || Math.min(at + behind, one.length) < room;
  };
  const bare = text.replace(GENERAL, '');
  const name = /^[\w$]{1,200}: /.exec(bare)?.[0] ?? '';
  const sentence = bare.slice(name.length);
  if (bare.length <= room) return bare;
  if (name.length > LONG_NAME && sentence.length <= room) return sentence;
  if (shown(text, BEHIND_DECISIVE)) return text;
  if (name.length > LONG_NAME && shown(sentence, BEHIND_DECISIVE)) return sentence;
  if (shown(bare, AT_LEAST)) return bare;
  const unsized = bare.replace(SIZES, '');
  if (unsized !== bare && shown(unsized, A_WORD)) return unsized;
  const short = elided(bare, room);
  // Which class it is says less than what it is about, of which an article is nothing.
  if (short.indexOf('… ') > name.length + SUBJECT) return short;
  return shown(sentence, AT_LEAST) ? sentence : elided(sentence, room);
}

/** What a sentence begins with, and its decisive words. */
function elided(text: string, room: number): string {
  const at = decisiveIn(text) ?? 0;
  const decisive = text.slice(at, at + Math.ceil(room * 0.6));
  const before = text.slice(0, Math.max(0, room - decisive.length - 3));
  // Not within a word, and without what begins one.
  const end = before.lastIndexOf(' ');
  return `${(end === -1 ? '' : before.slice(0, end)).replace(/[,;:([{"']$/, '')}… ${text.slice(at)}`;
}
