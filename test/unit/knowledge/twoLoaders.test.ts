import assert from 'node:assert/strict';
import { isOfTwoLoaders } from '../../../server/src/core/knowledge/twoLoaders.ts';

const KAFKA = 'org.apache.kafka.common.serialization';
const APART = "is in unnamed module of loader org.apache.flink.util.ChildFirstClassLoader @4c1; b.C is in unnamed module of loader 'app')";

describe('a class that is denied to be what it is', () => {
  it('was loaded twice', () => {
    for (const title of [
      `org.apache.kafka.common.KafkaException: class ${KAFKA}.ByteArraySerializer is not an instance of ${KAFKA}.Serializer`,
      `org.apache.kafka.common.KafkaException: ${KAFKA}.StringDeserializer is not an instance of ${KAFKA}.Deserializer`,
      'java.lang.ClassCastException: class com.shop.Order cannot be cast to class com.shop.Order (com.shop.Order is in unnamed module of loader x)',
      `java.lang.ClassCastException: class com.shop.PaidOrder cannot be cast to class com.shop.Order (com.shop.PaidOrder ${APART}`,
    ])
      assert.ok(isOfTwoLoaders(title), title);
  });

  it('may be the wrong one', () => {
    for (const title of [
      `org.apache.kafka.common.KafkaException: class ${KAFKA}.ByteArraySerializer is not an instance of ${KAFKA}.Deserializer`,
      `org.apache.kafka.common.KafkaException: class ${KAFKA}.ByteArrayDeserializer is not an instance of ${KAFKA}.Serializer`,
      `org.apache.kafka.common.KafkaException: class com.shop.OrderSerializer is not an instance of ${KAFKA}.Serializer`,
      "java.lang.ClassCastException: class com.shop.PaidOrder cannot be cast to class com.shop.Order (com.shop.PaidOrder and com.shop.Order are in unnamed module of loader 'app')",
      `java.lang.ClassCastException: class org.apache.flink.A cannot be cast to class org.apache.kafka.B (org.apache.flink.A ${APART}`,
      'java.lang.ClassCastException: a.B cannot be cast to a.C',
    ])
      assert.ok(!isOfTwoLoaders(title), title);
  });
});
