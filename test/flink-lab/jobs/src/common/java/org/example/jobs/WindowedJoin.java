package org.example.jobs;

import java.time.Duration;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.JoinFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Orders joined with payments of the same customer in windows of ten seconds. */
final class WindowedJoin {

    static void build(StreamExecutionEnvironment env) {
        env.setParallelism(2);
        DataStream<Tuple2<Long, Long>> joined =
                stream(env, "orders")
                        .join(stream(env, "payments"))
                        .where(new Customer(), Types.LONG)
                        .equalTo(new Customer(), Types.LONG)
                        .window(Api.tumblingEventTimeWindow(10))
                        .apply(new Latest(), Types.TUPLE(Types.LONG, Types.LONG));
        Api.sink(joined, "joined orders", new Pause(1));
    }

    private static DataStream<Tuple2<Long, Long>> stream(StreamExecutionEnvironment env, String name) {
        return env.fromSequence(0, Long.MAX_VALUE - 1)
                .name(name)
                .map(new Event())
                .returns(Types.TUPLE(Types.LONG, Types.LONG))
                .name("parse " + name)
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Tuple2<Long, Long>>forBoundedOutOfOrderness(Duration.ofSeconds(1))
                                .withTimestampAssigner((event, previous) -> event.f1))
                .name("timestamps of " + name);
    }

    private static final class Event implements MapFunction<Long, Tuple2<Long, Long>> {
        @Override
        public Tuple2<Long, Long> map(Long number) throws InterruptedException {
            Thread.sleep(1);
            return Tuple2.of(number % 10, number * 100);
        }
    }

    private static final class Customer implements KeySelector<Tuple2<Long, Long>, Long> {
        @Override
        public Long getKey(Tuple2<Long, Long> event) {
            return event.f0;
        }
    }

    private static final class Latest
            implements JoinFunction<Tuple2<Long, Long>, Tuple2<Long, Long>, Tuple2<Long, Long>> {
        @Override
        public Tuple2<Long, Long> join(Tuple2<Long, Long> order, Tuple2<Long, Long> payment) {
            return Tuple2.of(order.f0, Math.max(order.f1, payment.f1));
        }
    }

    private WindowedJoin() {}
}
