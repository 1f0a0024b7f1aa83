package org.example.jobs;

import java.util.concurrent.CountDownLatch;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Two classes whose static initialisers need each other, first used by two threads at the same time. */
final class ClassInit {

    private static final CountDownLatch BOTH_IN_INITIALISER = new CountDownLatch(2);

    static void build(StreamExecutionEnvironment env) {
        env.setParallelism(1);
        DataStream<Long> numbers = env.fromSequence(0, 1_000_000).name("numbers");
        Api.sink(numbers.rebalance().map(new UsesCatalog()).name("catalog"), "sink of catalog", new Pause(0));
        Api.sink(numbers.rebalance().map(new UsesPrices()).name("prices"), "sink of prices", new Pause(0));
    }

    private static final class UsesCatalog implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) {
            return Catalog.size() + number;
        }
    }

    private static final class UsesPrices implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) {
            return Prices.size() + number;
        }
    }

    private static final class Catalog {
        private static final int SIZE;

        static {
            meet();
            SIZE = Prices.size() + 1;
        }

        static int size() {
            return SIZE;
        }
    }

    private static final class Prices {
        private static final int SIZE;

        static {
            meet();
            SIZE = Catalog.size() + 1;
        }

        static int size() {
            return SIZE;
        }
    }

    static void meet() {
        BOTH_IN_INITIALISER.countDown();
        try {
            BOTH_IN_INITIALISER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ClassInit() {}
}
