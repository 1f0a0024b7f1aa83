import type { Thrown } from '../../analysis/log/failureModel.ts';
import { LOG_EVENTS } from '../../knowledge/logEvents.ts';
import { SERVICE_ANSWERS } from '../../knowledge/serviceAnswers.ts';
import { shorten } from '../../wording.ts';

/** How an exception is written where there is little room. It has no words of its own: both languages write it alike. */

/** Behind this the server of Kubernetes says why; before it stands which object was refused. */
const FORBIDDEN = '" is forbidden: ';
/** Exceptions that others were made of stand in their message with the package. */
const PACKAGES_OF_EXCEPTIONS = /(?<![\w$.])(?:[a-z_][\w$]{0,60}\.){1,12}(?=[A-Z][\w$]{0,100}(?:Exception|Error)(?:: |$))/g;

/** Without packages, and only the sentence of a message that says what happened. */
export function briefThrown({ className, message }: Thrown): string {
  const name = innermost(className);
  // The client of Kubernetes names the call first, then what the server said to it.
  const answer = /^Failure executing: .*?\bMessage: (.+)/.exec(message)?.[1] ?? message;
  const at = answer.indexOf(FORBIDDEN);
  const refused = at === -1 ? answer : answer.slice(at + FORBIDDEN.length);
  const said = (/^.{12,}?[.!?](?=\s)/.exec(refused)?.[0] ?? refused).replace(PACKAGES_OF_EXCEPTIONS, '');
  return said === '' ? name : `${name}: ${said}`;
}

/** Without package and outer classes: "NotAuthorizedException". */
const innermost = (className: string): string => className.replace(/^.*[.$]/, '');

const CLASS = /(?<![\w$.])(?:[a-z_][\w$]{0,60}\.){2,12}(?=[A-Z])([\w$]{1,200})/g;

const BRACKETS = /\(([^()]{24,1000})\)(?=.{12})/g;

/** What says least goes first, where a sentence is too long: a cut at its end would take what happened. */
const SQUEEZES: readonly ((text: string) => string)[] = [
  // Paths and addresses: their last part tells them apart.
  (text) => text.replace(/(?<![\w./:])(?:[a-z][a-z\d+.-]{1,12}:\/)?(?:\/[\w.@%+=~-]{1,200}){2,40}(?=\/[\w.@%+=~-])/g, '…'),
  (text) => text.replace(/ \(\d{1,20} bytes\)/g, ''),
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

/** So much of a phrase tells the rest. */
const SEEN = 40;

const TELLING = LOG_EVENTS.filter(({ anywhere, severity, consequence }) => anywhere === true && severity === 'error' && consequence !== true);

/** An exception in so much room: where it would be cut before what is known of it, that in words of our own. */
export function thrownWithin(thrown: Thrown, text: string, room: number): string {
  const short = squeezed(text, room);
  if (short.length <= room) return short;
  const said = `${thrown.className}: ${thrown.message}`;
  const seen = short.slice(0, room - 1);
  const known =
    SERVICE_ANSWERS.find(({ pattern }) => {
      const [phrase] = pattern.exec(said) ?? [];
      return phrase !== undefined && !seen.includes(phrase.slice(0, SEEN));
    }) ?? TELLING.find(({ pattern }) => (pattern.exec(short)?.index ?? 0) >= room);
  return shorten(known === undefined ? short : `${innermost(thrown.className)}: ${known.title}`, room);
}
