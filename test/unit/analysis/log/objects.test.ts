import assert from 'node:assert/strict';
import { read } from '../../log/helpers.ts';
import { fails, saidOf } from './failing.ts';

const REGISTRY = 'io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException';
const byRegistry = (answer: string) =>
  fails(
    'java.io.IOException: Failed to deserialize Avro record.',
    'Caused by: java.io.IOException: Could not find schema with id 41 in registry',
    `Caused by: ${REGISTRY}: ${answer}`,
  );
const details = async (text: string) => (await read(text)).findings.flatMap((one) => one.details).join('\n');

describe('what a refusal names', () => {
  it('is the schema registry, whose accounts are its own', async () => {
    const { verdict, advice } = await saidOf(byRegistry('Unauthorized; error code: 401'));
    assert.equal(verdict, 'First failure: The schema registry does not accept the credentials: Unauthorized; error code: 401.');
    assert.match(advice[0] ?? '', /basic-auth/);
    assert.doesNotMatch(advice.join('\n'), /Kerberos|first bytes/);
    assert.match(await details(byRegistry('Unauthorized; error code: 401')), /It is about schema with id 41\./);
    assert.match(
      (await saidOf(byRegistry('User is denied operation Read on Subject: a; error code: 40301'))).verdict,
      /The schema registry does not allow it/,
    );
  });

  it('is not the registry where it has no such schema, nor where Flink refuses', async () => {
    const { advice } = await saidOf(byRegistry('Schema 41 not found; error code: 40403'));
    assert.match(advice[0] ?? '', /first bytes of each/);
    const flink = await saidOf(fails('org.apache.flink.runtime.rest.util.RestClientException: Unauthorized; error code: 401'));
    assert.doesNotMatch(flink.verdict, /registry/);
  });

  const REFUSED =
    'com.amazonaws.services.s3.model.AmazonS3Exception: Forbidden (Service: Amazon S3; Status Code: 403; Error Code: 403 Forbidden; Request ID: X1)';
  it('is a path that only what it was wrapped into says', async () => {
    assert.match(
      await details(
        fails(
          `java.nio.file.AccessDeniedException: s3a://shop-state/orders/shared: getFileStatus on s3a://shop-state/orders/shared: ${REFUSED}`,
          `Caused by: ${REFUSED}`,
        ),
      ),
      /It is about s3a:\/\/shop-state\/orders\/shared\./,
    );
  });

  it('is beside who answered and how', async () => {
    assert.equal((await saidOf(fails(REFUSED))).verdict, 'First failure: AmazonS3Exception: Forbidden (Amazon S3, 403).');
  });

  it('is told once, and not of what is no refusal', async () => {
    assert.doesNotMatch(await details(fails('java.nio.file.AccessDeniedException: s3a://shop-state/orders: Access Denied')), /It is about/);
    assert.doesNotMatch(
      await details(
        fails('java.io.IOException: Could not write s3a://shop-state/orders', 'Caused by: java.lang.IllegalStateException: buffer is closed'),
      ),
      /It is about/,
    );
  });
});

describe('a Java class that a Python job does not have', () => {
  const python = (raised: string) =>
    fails(
      `java.lang.RuntimeException: Failed to create stage bundle factory! Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n${raised}`,
    );

  it('is a jar that was not given', async () => {
    const { verdict, advice } = await saidOf(
      python(
        "TypeError: Could not found the Java class 'org.example.PulsarSource.builder'. The Java dependencies could be specified via command line argument",
      ),
    );
    assert.match(verdict, /A jar with a Java class is missing in the Python job: PulsarSource\.$/);
    assert.match(advice[0] ?? '', /--jarfile.*pipeline\.jars/);
    assert.doesNotMatch(advice.join('\n'), /traceback/);
    assert.match(
      (await saidOf(python("TypeError: 'JavaPackage' object is not callable"))).verdict,
      /A jar with a Java class is missing in the Python job\.$/,
    );
  });

  it('is no jar where Python itself misses something', async () => {
    assert.match((await saidOf(python("TypeError: 'NoneType' object is not callable"))).advice[0] ?? '', /traceback/);
    assert.match((await saidOf(python("ModuleNotFoundError: No module named 'shop'"))).advice.join('\n'), /python\.files/);
  });
});

describe('serializers of a state that do not fit', () => {
  const changed = (now: string, before: string, of = 'state') =>
    fails(
      'java.lang.RuntimeException: Error while getting state',
      `Caused by: org.apache.flink.util.StateMigrationException: The new ${of} serializer (${now}) must ${of === 'state' ? 'not be incompatible with the old' : 'be compatible with the previous'} ${of} serializer (${before}).`,
    );
  const POJO = 'org.apache.flink.api.java.typeutils.runtime.PojoSerializer';
  const AVRO = 'org.apache.flink.formats.avro.typeutils.AvroSerializer';

  it('are both named, without where they lay in memory', async () => {
    assert.equal(
      (await saidOf(changed(`${AVRO}@7d3a01b2`, `${POJO}@1f`))).verdict,
      'The state serializer changed from PojoSerializer to AvroSerializer, which is not compatible.',
    );
    assert.match(
      (await saidOf(changed(`${POJO}@7d3a01b2`, `${AVRO}@5f4e3d2c`, 'key'))).verdict,
      /^The key serializer changed from AvroSerializer to PojoSerializer/,
    );
  });

  it('of one class did not change by its name', async () => {
    assert.equal(
      (await saidOf(changed(`${POJO}@7d3a01b2`, `${POJO}@5f4e3d2c`))).verdict,
      'The state was written by a PojoSerializer that is not compatible with this one.',
    );
  });

  it('keep the advice on state', async () => {
    assert.match((await saidOf(changed(`${AVRO}@7d3a01b2`, `${POJO}@1f`))).advice[0] ?? '', /Keep the type of the state/);
  });
});
