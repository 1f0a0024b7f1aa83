package org.example.jobs;

import java.io.IOException;
import java.io.Serializable;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.functions.sink.SinkFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.time.Time;

/** What differs between the APIs of Flink 1.x and 2.x: this is the half for 1.x. */
final class Api {

    /** What a sink does with each record. */
    interface Consumer extends Serializable {
        void accept(Object record) throws IOException, InterruptedException;
    }

    static <T> void sink(DataStream<T> stream, String name, Consumer consumer) {
        stream.rebalance().addSink(new ConsumerSink<>(consumer)).name(name);
    }

    /** Numbers from a source of the old kind: its thread holds the checkpoint lock while it emits. */
    static DataStream<Long> endless(StreamExecutionEnvironment env, String name) {
        return endless(env, name, number -> {});
    }

    /** The same, with what is to be done with each number under the lock before it is emitted. */
    static DataStream<Long> endless(StreamExecutionEnvironment env, String name, Consumer before) {
        return env.addSource(new Endless(before)).name(name);
    }

    private static final class Endless implements SourceFunction<Long> {
        private final Consumer before;
        private volatile boolean running = true;

        Endless(Consumer before) {
            this.before = before;
        }

        @Override
        public void run(SourceContext<Long> context) throws Exception {
            for (long number = 0; running; number++) {
                synchronized (context.getCheckpointLock()) {
                    before.accept(number);
                    context.collect(number);
                }
            }
        }

        @Override
        public void cancel() {
            running = false;
        }
    }

    static TumblingEventTimeWindows tumblingEventTimeWindow(int seconds) {
        return TumblingEventTimeWindows.of(Time.seconds(seconds));
    }

    private static final class ConsumerSink<T> implements SinkFunction<T> {
        private final Consumer consumer;

        ConsumerSink(Consumer consumer) {
            this.consumer = consumer;
        }

        @Override
        public void invoke(T record, Context context) throws Exception {
            consumer.accept(record);
        }
    }

    private Api() {}
}
