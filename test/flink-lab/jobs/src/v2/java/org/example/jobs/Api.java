package org.example.jobs;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/** What differs between the APIs of Flink 1.x and 2.x: this is the half for 2.x. */
final class Api {

    /** What a sink does with each record. */
    interface Consumer extends Serializable {
        void accept(Object record) throws IOException, InterruptedException;
    }

    static <T> void sink(DataStream<T> stream, String name, Consumer consumer) {
        stream.rebalance().sinkTo(new ConsumerSink<>(consumer)).name(name);
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
        return TumblingEventTimeWindows.of(Duration.ofSeconds(seconds));
    }

    private static final class ConsumerSink<T> implements Sink<T> {
        private final Consumer consumer;

        ConsumerSink(Consumer consumer) {
            this.consumer = consumer;
        }

        @Override
        public SinkWriter<T> createWriter(WriterInitContext context) {
            return new SinkWriter<T>() {
                @Override
                public void write(T record, Context writeContext) throws IOException, InterruptedException {
                    consumer.accept(record);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }

    private Api() {}
}
