// Which documents concern us, by the language that the editor has given them and by their text.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { concerns, isShownAsOurs } from '../../../client/src/textKinds.ts';
import { at } from '../../../scripts/lib/paths.mjs';

const EXPLAIN = `== Optimized Execution Plan ==
Sink(table=[default_catalog.default_database.pairs], fields=[k, k0])
+- Join(joinType=[InnerJoin], where=[(v > w)], select=[k, v, k0, w], leftInputSpec=[NoUniqueKey], rightInputSpec=[NoUniqueKey])
   :- Exchange(distribution=[single])
   :  +- TableSourceScan(table=[[default_catalog, default_database, orders]], fields=[k, v])
   +- Exchange(distribution=[single])
      +- TableSourceScan(table=[[default_catalog, default_database, rates]], fields=[k, w])
`;
const PLAN = '{"nodes":[{"id":1,"type":"Source: in","pact":"Data Source","contents":"Source: in","parallelism":1}]}';
const MAIL = `What is wrong with this?

> package org.example.jobs;
>
> import org.apache.flink.api.common.functions.MapFunction;
>
> class Slow implements MapFunction<String, String> {
>     public String map(String value) throws Exception {
>         Thread.sleep(100);
>         return value;
>     }
> }
`;
const NOTES = 'Thoughts on the join of orders and rates\n\n- one\n- two\n';

describe('documents that concern us', () => {
  it('a plan does in every language that nobody else has claimed', () => {
    for (const language of ['plaintext', 'log', 'Log']) {
      assert.ok(
        concerns(language, () => EXPLAIN),
        language,
      );
      assert.ok(
        concerns(language, () => PLAN),
        language,
      );
      assert.ok(!concerns(language, () => NOTES), language);
      assert.ok(isShownAsOurs(language, 'job-graph'));
    }
    assert.ok(concerns('json', () => PLAN));
  });

  it('so does Java in a text, which stands within something else', () => {
    assert.ok(concerns('plaintext', () => MAIL));
    assert.ok(!concerns('markdown', () => MAIL));
    assert.ok(isShownAsOurs('plaintext', 'java-source'));
  });

  it('what another extension has claimed is read when asked', () => {
    for (const language of ['markdown', 'sql', 'yaml']) {
      assert.ok(!concerns(language, () => EXPLAIN), language);
      assert.ok(!isShownAsOurs(language, 'job-graph'), language);
    }
  });

  it('of YAML what Kubernetes and Flink wrote, and nothing else', () => {
    const rest = (name: string) => readFileSync(at(`test/fixtures/rest/${name}`), 'utf8');
    for (const name of ['pods.yaml', 'config.yaml', 'flink-conf.yaml'])
      assert.ok(
        concerns('yaml', () => rest(name)),
        name,
      );
    assert.ok(isShownAsOurs('yaml', 'rest-document'));
    const others = [
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n',
      'apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec:\n  flinkConfiguration:\n    taskmanager.numberOfTaskSlots: "2"\n',
      'name: ci\non: [push]\njobs:\n  build:\n    runs-on: ubuntu-latest\n',
      'server:\n  port: 8080\nrest:\n  address: localhost\n  port: 8081\n',
      PLAN,
    ];
    for (const text of others) assert.ok(!concerns('yaml', () => text), text);
  });

  it('texts of kinds with a language of ours get it first', () => {
    const log =
      '2026-03-02 09:00:00,000 INFO  org.apache.flink.runtime.taskmanager.Task [] - Map (1/1)#0 (acc0759fada1f8a28b8fe4d6fba40d2e) switched from DEPLOYING to RUNNING.\n';
    assert.ok(!concerns('plaintext', () => log.repeat(5)));
    assert.ok(concerns('flink-log', () => log));
    assert.ok(!isShownAsOurs('plaintext', 'flink-log'));
  });
});
