import { type Coded, say } from '../core/wording.ts';
import { FAULTS, type FaultFacts, failed } from './words.ts';

export type Fault = Coded<FaultFacts>;

/** A call that has no answer. Neither its message nor its facts hold credentials. */
export class CallFailed extends Error {
  override name = 'CallFailed';
  readonly fault: Fault;
  /** The path that was asked, below the address of the cluster. */
  readonly path: string;

  constructor(path: string, fault: Fault, method: 'GET' | 'POST' = 'GET') {
    super(failed(method, path, say(FAULTS, fault)));
    this.path = path;
    this.fault = fault;
  }

  /** Status of HTTP; null where there was none. */
  get status(): number | null {
    return 'status' in this.fault.facts ? this.fault.facts.status : null;
  }
}

/** Codes of Node and OpenSSL for certificates that are not trusted. */
const CERTIFICATE = /^(?:ERR_TLS_CERT|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_SSL_.*CERT)/;
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;

/** What the system says why there is no connection, in the innermost of the causes of a failed `fetch`. */
export function connectionFault(error: unknown, host: string): Extract<Fault, { code: 'unreachable' | 'certificate' }> {
  let why = '';
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as { code?: unknown };
    const inner = 'errors' in at && Array.isArray(at.errors) ? (at.errors[0] as { code?: unknown } | undefined)?.code : undefined;
    const found = typeof code === 'string' && CODE.test(code) ? code : inner;
    if (typeof found === 'string' && CODE.test(found)) why = found;
  }
  if (CERTIFICATE.test(why)) return { code: 'certificate', facts: { host, why } };
  return { code: 'unreachable', facts: { host, why: why === '' ? 'no connection' : why } };
}
