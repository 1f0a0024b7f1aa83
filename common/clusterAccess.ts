import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(100_000));

/** What a file or an editor keeps of how a cluster is reached; the schema is strict, for a name that is mistyped would leave out a secret. */
const access = v.strictObject({
  /** Shown as `Authorization: Bearer …`. */
  token: v.exactOptional(text),
  user: v.exactOptional(text),
  password: v.exactOptional(text),
  headers: v.exactOptional(
    v.record(v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/, 'not the name of a header')), v.pipe(text, v.regex(/^[^\r\n]*$/, 'more than one line'))),
  ),
  /** A program and its arguments that prints headers, a line each, or a token. */
  headersCommand: v.exactOptional(v.pipe(v.array(text), v.minLength(1))),
  /** Paths of files: an authority, and certificate and key of the client, in PEM or as PKCS12. */
  ca: v.exactOptional(text),
  cert: v.exactOptional(text),
  key: v.exactOptional(text),
  pkcs12: v.exactOptional(text),
  passphrase: v.exactOptional(text),
  /** The certificate of this cluster is not looked at. */
  insecure: v.exactOptional(v.boolean()),
});

export type ClusterAccess = v.InferOutput<typeof access>;

/** The access that a JSON text describes, or what is wrong with it; the message names keys and no values. */
export function readAccess(json: string): ClusterAccess | { wrong: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return { wrong: 'it is not JSON' };
  }
  const found = v.safeParse(access, parsed);
  if (found.success) return found.output;
  const [issue] = found.issues;
  const key = v.getDotPath(issue);
  return { wrong: key === null ? 'it is not an object' : `"${key}" has the wrong form` };
}

/** The same with each of its files where it lies: `place` turns a path as it is written into a whole one. */
export function withFiles(access: ClusterAccess, place: (path: string) => string): ClusterAccess {
  const { ca, cert, key, pkcs12 } = access;
  return {
    ...access,
    ...(ca !== undefined && { ca: place(ca) }),
    ...(cert !== undefined && { cert: place(cert) }),
    ...(key !== undefined && { key: place(key) }),
    ...(pkcs12 !== undefined && { pkcs12: place(pkcs12) }),
  };
}
