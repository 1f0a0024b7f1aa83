/** What the commands on a running cluster say. */
import type { AddressFault } from '../cluster/address.ts';
import { DUMP_COST } from '../cluster/words.en.ts';
import { formatBytes, formatDuration, plural } from '../core/wording.ts';

export const CLUSTER = {
  notNamed: (url: string, known: readonly string[]) =>
    `${url} may not be asked${known.length === 0 ? '' : `; ${known.join(', ')} may`}. Ask the person to start "logjam mcp --cluster" with its address.`,
  oneUrl: (command: string) => `${command} takes exactly one address of a cluster, such as http://localhost:8081`,
  onlyUrl: 'an address of a cluster stands alone: files beside it are read in a command of their own',
  address: {
    'no-url': 'this is no address of a cluster; one is http://localhost:8081',
    'no-http': 'the address of a cluster begins with http:// or https://',
    credentials: 'an address with a password in it is refused, for others see it; LOGJAM_USER and LOGJAM_PASSWORD or --access take it',
  } satisfies Record<AddressFault, string>,
  accessUnread: (file: string, why: string) => `--access ${file}: ${why}`,
  onlyForUrl: (option: string) => `--${option} is for the address of a cluster`,
  commandFailed: (why: string) => `headersCommand: ${why}`,
  logs: (value: string) => `--logs must be none, usual, all or a number of MB, not "${value}"`,
  noDumps: '--interval, --taskmanager and --lite are about dumps: how many is said by --dumps',
  occupied: (folder: string) => `${folder} holds other files: name a folder that is empty or not there`,
  finished: (folder: string) => `${folder} holds a snapshot that is finished: name another folder`,
  ofOther: (folder: string, cluster: string) => `${folder} holds a snapshot of ${cluster}`,
  goesOn: (folder: string) => `goes on with the snapshot in ${folder}`,
  cost: DUMP_COST,
  old: (version: string, oldest: string) =>
    `Flink ${version} is older than ${oldest}, from which on its answers are known: what is missing may be there under another name`,
  noFlink: (url: string) => `${url} answers, and is no cluster of Flink`,
  at: (calls: number, path: string) => `${plural(calls, 'call')}: ${path}`,
  missed: (path: string, why: string) => `${path}: ${why}`,
  done: (place: string, facts: { files: number; bytes: number; ms: number; version: string | null; missed: number; redacted: number }) =>
    `${place}: ${facts.version === null ? 'a cluster' : `Flink ${facts.version}`}, ${plural(facts.files, 'file')}, ${formatBytes(facts.bytes)} in ${formatDuration(facts.ms)}${
      facts.missed === 0 ? '' : `; ${plural(facts.missed, 'call')} without an answer`
    }${facts.redacted === 0 ? '' : `; ${plural(facts.redacted, 'secret')} taken out`}`,
  notKept: 'the files behind this report were not kept; "logjam collect URL --out FOLDER" keeps them',
  verdict: (certainty: string, sentence: string) => `(${certainty}) ${sentence}`,
  unreachable: (why: string) => `no answer: ${why}`,
};
