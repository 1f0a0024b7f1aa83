import { setFlagsFromString } from 'node:v8';

/** When functions are optimised, by V8's major version: five or more times as late as by default. */
const LATER: ReadonlyMap<number, string> = new Map([
  [11, '--interrupt-budget=1000000'],
  ...[12, 13, 14].map((major) => [major, '--invocation-count-for-maglev=2000 --invocation-count-for-turbofan=15000'] as const),
]);

/**
 * Layout runs much code, and most of it not for long: optimising it takes more time than it saves, and what is optimised too
 * early is thrown away. A version of V8 that is not known stays as it is: flags that it lacks it complains about. Of a thread that
 * has begun: code that Node carries is made with other flags, and a thread that begins would compile it anew.
 */
export function optimiseLater(): void {
  const flags = LATER.get(Number.parseInt(process.versions.v8, 10));
  if (flags !== undefined) setFlagsFromString(flags);
}
