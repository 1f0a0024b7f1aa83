package org.example.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs whose trouble shows only when several sources of an incident are read together. */
final class Incidents {

    /** The first attempt fails of something else than all that follow it. */
    static void restartLoop(StreamExecutionEnvironment env) {
        env.setParallelism(2);
        Api.sink(
                env.fromSequence(0, Long.MAX_VALUE - 1).name("payments").rebalance().map(new Slow(5)).name("validate"),
                "ledger",
                new DiskFillsUp());
    }

    /** One subtask of two stops in the middle of a record: no barrier passes it any more. */
    static void checkpointNeverAcknowledged(StreamExecutionEnvironment env) {
        env.setParallelism(2);
        env.enableCheckpointing(1000);
        env.getCheckpointConfig().setCheckpointTimeout(8000);
        env.getCheckpointConfig().setTolerableCheckpointFailureNumber(1000);
        Api.sink(
                env.fromSequence(0, Long.MAX_VALUE - 1)
                        .name("clicks")
                        .map(new Slow(2))
                        .name("throttle")
                        .keyBy(number -> number % 8, Types.LONG)
                        .map(new StopsAt(4))
                        .name("sessions"),
                "sink",
                new Pause(0));
    }

    /** Three quarters of all records have the same key. */
    static void skewedKey(StreamExecutionEnvironment env) {
        env.setParallelism(4);
        Api.sink(
                env.fromSequence(0, Long.MAX_VALUE - 1)
                        .name("views")
                        .keyBy(number -> number % 4 == 0 ? number % 64 : 7L, Types.LONG)
                        .map(new Busy(2))
                        .name("score"),
                "sink",
                new Pause(0));
    }

    /** All subtasks work under one monitor. */
    static void convoy(StreamExecutionEnvironment env) {
        env.setParallelism(4);
        Api.sink(
                env.fromSequence(0, Long.MAX_VALUE - 1).name("events").rebalance().map(new OneAtATime()).name("format"),
                "sink",
                new Pause(0));
    }

    static void hangingInitialisation(StreamExecutionEnvironment env) {
        env.setParallelism(2);
        Api.sink(
                env.fromSequence(0, Long.MAX_VALUE - 1).name("numbers").rebalance().map(new WaitsInInitialisation()).name("load model"),
                "sink",
                new Pause(0));
    }

    /** Live data fills nearly all of the heap: each little garbage costs a full collection. */
    static void gcThrash(StreamExecutionEnvironment env) {
        env.setParallelism(1);
        Api.sink(
                env.fromSequence(0, Long.MAX_VALUE - 1).name("numbers").rebalance().map(new FillsHeap()).name("dedupe"),
                "sink",
                new Pause(0));
    }

    static void slotsMissing(StreamExecutionEnvironment env) {
        env.setParallelism(8);
        Api.sink(
                env.fromSequence(0, 1_000_000).name("numbers").rebalance().map(new Slow(1)).name("wide"),
                "sink",
                new Pause(0));
    }

    static void throughputFine(StreamExecutionEnvironment env) {
        env.setParallelism(2);
        env.enableCheckpointing(1000);
        Api.sink(
                env.fromSequence(0, Long.MAX_VALUE - 1).name("readings").map(new Slow(5)).name("throttle").rebalance().map(new Slow(0)).name("convert"),
                "sink",
                new Pause(0));
    }

    private static final class Slow implements MapFunction<Long, Long> {
        private final long millis;

        Slow(long millis) {
            this.millis = millis;
        }

        @Override
        public Long map(Long number) throws InterruptedException {
            if (millis > 0) {
                Thread.sleep(millis);
            }
            return number;
        }
    }

    private static final class DiskFillsUp implements Api.Consumer {
        private static final AtomicInteger ATTEMPTS = new AtomicInteger();
        private static boolean full;
        private int written;

        @Override
        public void accept(Object record) throws IOException {
            if (full) {
                ATTEMPTS.incrementAndGet();
                throw new IllegalStateException("Ledger file has no footer, it was not closed");
            }
            if (++written > 200) {
                full = true;
                throw new IOException("Could not append to ledger", new IOException("No space left on device"));
            }
        }
    }

    private static final class StopsAt implements MapFunction<Long, Long> {
        private final int seconds;
        private transient long started;

        StopsAt(int seconds) {
            this.seconds = seconds;
        }

        @Override
        public Long map(Long number) throws InterruptedException {
            if (started == 0) {
                started = System.currentTimeMillis();
            }
            if (number % 8 == 3 && System.currentTimeMillis() - started > seconds * 1000L) {
                callGeoService();
            }
            return number;
        }

        private static void callGeoService() throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    private static final class Busy implements MapFunction<Long, Long> {
        private final long millis;

        Busy(long millis) {
            this.millis = millis;
        }

        @Override
        public Long map(Long number) {
            long end = System.nanoTime() + millis * 1_000_000;
            long sum = number;
            while (System.nanoTime() < end) {
                sum = sum * 31 + 7;
            }
            return sum;
        }
    }

    private static final class OneAtATime implements MapFunction<Long, Long> {
        private static final Object FORMAT = new SharedFormat();

        private static final class SharedFormat {}

        @Override
        public Long map(Long number) throws InterruptedException {
            synchronized (FORMAT) {
                Thread.sleep(20);
                return number;
            }
        }
    }

    private static final class WaitsInInitialisation implements MapFunction<Long, Long>, CheckpointedFunction {
        @Override
        public Long map(Long number) {
            return number;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            new CountDownLatch(1).await();
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {}
    }

    private static final class FillsHeap implements MapFunction<Long, Long> {
        private static final List<Long[]> SEEN = new ArrayList<>();

        @Override
        public Long map(Long number) {
            Runtime runtime = Runtime.getRuntime();
            long limit = runtime.maxMemory() * 93 / 100;
            while (SEEN.size() % 100_000 != 99_999 || runtime.totalMemory() - runtime.freeMemory() < limit) {
                SEEN.add(new Long[] {number, number + 1, number + 2});
                if (SEEN.size() % 100_000 == 0 && runtime.totalMemory() - runtime.freeMemory() >= limit) {
                    break;
                }
            }
            long sum = 0;
            for (int i = 0; i < 2_000_000; i++) {
                sum += new Long[] {number + i, number, number}[0];
            }
            return sum;
        }
    }

    private Incidents() {}
}
