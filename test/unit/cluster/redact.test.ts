// What is secret is not written, whatever form it has; what is none stays, to the byte.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { joined } from '../../../common/joined.ts';
import { isSecretKey, REDACTED, RedactedBytes, Redactor } from '../../../server/src/cluster/redact.ts';
import { recordings } from '../../support/incidentFolder.ts';

const redacted = (text: string, ...named: string[]): string => new Redactor(() => named).text(text);
const S = 'hunter2-Tr0ub4dor';

describe('secrets', () => {
  for (const text of [
    `s3.secret-key: ${S}`,
    `s3.access-key=${S}`,
    `fs.azure.account.key.store.blob.core.windows.net: ${S}`,
    `fs.azure.sas.fixed.token.x = ${S}`,
    `-Djavax.net.ssl.keyStorePassword=${S} -Xmx1g`,
    `--password ${S} --parallelism 4`,
    `--api-key=${S}`,
    `"password" : "${S}"`,
    `{\\"password\\":\\"${S}\\"}`,
    `'connector' = 'jdbc', 'password' = '${S}', 'table-name' = 'orders'`,
    `'properties.sasl.jaas.config' = 'org.apache.kafka.Login required username="u" password="${S}";'`,
    `Authorization: Bearer ${S}`,
    `authorization=Basic ${S}`,
    `Set-Cookie: session=${S}; Path=/`,
    `jdbc:postgresql://app:${S}@db:5432/orders`,
    `mongodb://app:${S}@a,b/x`,
    `{"key":"security.ssl.rest.key-password","value":"${S}"}`,
    `{"key":"flink.custom.token","value":"${S}"}`,
    `MY_SECRET=${S}`,
    `client_secret:${S}`,
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
    'ghp_0123456789abcdefghijABCDEFGHIJ012345',
    `-----BEGIN RSA PRIVATE KEY-----\n${S}\nMIIE\n-----END RSA PRIVATE KEY-----`,
    `"key":"-----BEGIN PRIVATE KEY-----\\n${S}\\n-----END PRIVATE KEY-----\\n","x":1`,
  ])
    it(text.slice(0, 60).replaceAll('\n', ' '), () => {
      const result = redacted(text);
      for (const secret of [S, 'AKIAIOSFODNN7EXAMPLE', 'dozjgNryP4J3', 'ghp_0123', 'MIIE']) assert.ok(!result.includes(secret), result);
      assert.ok(result.includes(REDACTED), result);
      assert.equal(redacted(result), result);
    });

  it('that are named', () => assert.equal(redacted('customer Acme and acme', 'Acme'), `customer ${REDACTED} and acme`));

  it('leave JSON what it is', () => {
    for (const text of [
      `{"a":"--password ${S}","b":"'password' = '${S}'","password":"${S}","url":"http://u:${S}@h/","n":1}`,
      `{"plan":"x(password='${S}')","key":"-----BEGIN PRIVATE KEY-----\\n${S}\\n-----END PRIVATE KEY-----\\n","tokens":["a"]}`,
      `[{"key":"s3.secret-key","value":"${S}"},{"key":"a","value":"b"}]`,
    ]) {
      assert.ok(!JSON.stringify(JSON.parse(redacted(text))).includes(S), text);
      assert.ok(!JSON.stringify(JSON.parse(new Redactor(() => []).settings(text))).includes(S), text);
    }
  });
});

describe('what is no secret', () => {
  for (const text of [
    'security.delegation.tokens.renewal.retry.backoff: 1 h',
    'security.kerberos.login.use-ticket-cache: true',
    'Obtaining delegation tokens',
    'fs.s3a.aws.credentials.provider: com.amazonaws.auth.Default',
    'token=null password="" secret: ******',
    'org.apache.flink.runtime.security.token.DefaultDelegationTokenManager [] - Loading delegation token providers',
    'at org.example.Password.check(Password.java:12)',
    'http://jobmanager:8081/taskmanagers/localhost:1234-abc',
    'pekko.tcp://flink@localhost:41957/user/rpc/taskmanager_0',
    '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----',
  ])
    it(text.slice(0, 70), () => assert.equal(redacted(text), text));

  it('keys of settings', () => {
    for (const key of ['s3.secret-key', 'password', 'my.apiKey', 'http-headers', 'env.X_TOKEN']) assert.ok(isSecretKey(key), key);
    for (const key of ['rest.port', 'security.delegation.token.provider', 'cookie.size', 'security.delegation.tokens.enabled'])
      assert.ok(!isSecretKey(key), key);
  });

  // Nothing secret is in the recordings: what is taken out of them would be missed.
  it('is all that the recorded logs and documents hold', () => {
    for (const recording of recordings().filter((name) => name.startsWith('2.3.0/')))
      for (const name of ['taskmanager.log', 'jobmanager.log', 'job.json', 'exceptions.json', 'taskmanager-thread-dump.json']) {
        let text: string;
        try {
          text = readFileSync(`test/fixtures/flink/${recording}/${name}`, 'utf8');
        } catch {
          continue;
        }
        assert.equal(redacted(text), text, `${recording}/${name}`);
      }
  });
});

describe('a log that comes in pieces', () => {
  const through = (bytes: Uint8Array, size: number): Uint8Array => {
    const stream = new RedactedBytes(new Redactor(() => ['named-text']));
    const out: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) out.push(stream.push(bytes.subarray(at, at + size)).slice());
    out.push(stream.end());
    return joined(out);
  };
  const encode = (text: string) => new TextEncoder().encode(text);

  it('is the same however it is cut, and secrets on the cuts are found', () => {
    const text = `one\npassword=${S} two named-text\n-----BEGIN PRIVATE KEY-----\nabc\ndef\n-----END PRIVATE KEY-----\nlast`;
    const whole = new TextDecoder().decode(through(encode(text), 10_000));
    assert.equal(whole, `one\npassword=${REDACTED} two ${REDACTED}\n${REDACTED}\nlast`);
    for (const size of [1, 2, 3, 7, 20]) assert.equal(new TextDecoder().decode(through(encode(text), size)), whole);
  });

  it('keeps the bytes of every encoding', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, at) => (at * 31) % 256);
    assert.deepEqual(through(bytes, 700), bytes);
  });

  it('of one endless line is held in bounded memory', () => {
    const stream = new RedactedBytes(new Redactor(() => []));
    let out = 0;
    for (let i = 0; i < 100; i++) out += stream.push(new Uint8Array(100_000).fill(97)).length;
    assert.ok(out >= 8_000_000, String(out));
  });
});
