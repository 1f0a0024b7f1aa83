/** Writing recordings: one folder per version and scenario, with a recording.json that holds the truth. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { atExit } from './processes.mjs';
import { FIXTURES } from './toolchain.mjs';

const MAX_FILE_BYTES = 1 << 20;

/**
 * Makes a text independent of the machine it was recorded on.
 *
 * @param replacements [from, to] pairs, applied before the general ones
 */
function scrub(text, replacements = []) {
  const general = [
    [homedir() === '/' ? '' : `${homedir()}/`, '/home/flink/'],
    [wholeWord(hostname()), 'flink-host'],
    [`user.name=${userInfo().username}`, 'user.name=flink'],
    [`OS current user: ${userInfo().username}`, 'OS current user: flink'],
    [`current Hadoop/Kerberos user: ${userInfo().username}`, 'current Hadoop/Kerberos user: flink'],
  ];
  let result = text;
  for (const [from, to] of [...replacements, ...general]) if (from) result = result.replaceAll(from, to);
  return result;
}

/** A host name may be as short as "vm": only where it stands alone, before an address, a port or a bracket. */
function wholeWord(name) {
  return new RegExp(`(?<![\\w.$-])${RegExp.escape?.(name) ?? name.replace(/[^\w-]/g, '\\$&')}(?=[/:)\\]])`, 'g');
}

/** A recording that is being written. Files are scrubbed; the folder is replaced when the recording is complete. */
export class Recording {
  constructor(version, scenario, { replacements = [], folder = join(FIXTURES, version, scenario) } = {}) {
    this.folder = folder;
    this.version = version;
    this.scenario = scenario;
    this.replacements = replacements;
    this.files = [];
    this.draft = mkdtempSync(join(tmpdir(), 'logjam-recording-'));
    atExit(() => rmSync(this.draft, { recursive: true, force: true }));
  }

  /** @param kind what the file is, for recording.json (for example "jstack -l") */
  file(name, kind, text) {
    const path = join(this.draft, name);
    writeFileSync(path, scrub(text, this.replacements));
    const bytes = statSync(path).size;
    if (bytes > MAX_FILE_BYTES) throw new Error(`${path} has ${bytes} bytes: trim it`);
    this.files.push({ name, kind, bytes });
  }

  /** Ends the recording. `truth` is what a correct tool must find. */
  finish({ java, command, what, expected, extra = {} }) {
    const document = {
      flink: this.version,
      scenario: this.scenario,
      java,
      recorded: new Date().toISOString().slice(0, 10),
      command,
      what,
      ...extra,
      expected,
      files: this.files,
    };
    writeFileSync(join(this.draft, 'recording.json'), `${scrub(JSON.stringify(document, null, 2), this.replacements)}\n`);
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(dirname(this.folder), { recursive: true });
    cpSync(this.draft, this.folder, { recursive: true });
    chmodSync(this.folder, 0o755);
  }
}
