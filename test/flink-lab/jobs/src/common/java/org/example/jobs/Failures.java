package org.example.jobs;

import java.io.IOException;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs that fail again and again, and one that does not end. */
final class Failures {

    static void failingSink(StreamExecutionEnvironment env) {
        env.setParallelism(2);
        Api.sink(
                env.fromSequence(0, 1_000_000).name("numbers").rebalance().map(new Slow()).name("enrich"),
                "orders table",
                new BrokenConnection());
    }

    static void cancelDoesNotReact(StreamExecutionEnvironment env) {
        env.setParallelism(1);
        Api.sink(
                env.fromSequence(0, 1_000_000).name("numbers").rebalance().map(new Stubborn()).name("stubborn map"),
                "sink",
                new Pause(0));
    }

    private static final class Slow implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) throws InterruptedException {
            Thread.sleep(10);
            return number;
        }
    }

    private static final class BrokenConnection implements Api.Consumer {
        private int written;

        @Override
        public void accept(Object record) throws IOException {
            if (++written > 50) {
                throw new IOException("Could not write order " + record, new IOException("Connection reset by peer"));
            }
        }
    }

    /** Swallows every interrupt, as a badly written client library does. */
    private static final class Stubborn implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) {
            while (true) {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    // this is the fault that is recorded: the interrupt of the cancellation is lost
                }
            }
        }
    }

    private Failures() {}
}
