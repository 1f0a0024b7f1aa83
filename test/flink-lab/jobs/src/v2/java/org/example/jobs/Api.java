package org.example.jobs;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;
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
