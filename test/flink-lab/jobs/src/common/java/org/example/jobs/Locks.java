package org.example.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Two tasks of one TaskManager that share locks through static fields, as user code with a cache does. */
final class Locks {

    private static final Object ACCOUNTS = new Accounts();
    private static final Object BALANCES = new Balances();
    private static final CountDownLatch BOTH_HOLD_ONE = new CountDownLatch(2);

    private static final ReentrantLock EXPORT = new ReentrantLock();
    private static final CountDownLatch EXPORT_HELD = new CountDownLatch(1);

    /** Named, so that a dump says which is which. */
    private static final class Accounts {}

    private static final class Balances {}

    static void monitorDeadlock(StreamExecutionEnvironment env) {
        two(env, "debit", new Debit(), "credit", new Credit());
    }

    static void reentrantLock(StreamExecutionEnvironment env) {
        two(env, "export", new Export(), "refresh", new Refresh());
    }

    private static void two(
            StreamExecutionEnvironment env,
            String firstName,
            MapFunction<Long, Long> first,
            String secondName,
            MapFunction<Long, Long> second) {
        env.setParallelism(1);
        DataStream<Long> numbers = env.fromSequence(0, 1_000_000).name("numbers");
        Api.sink(numbers.rebalance().map(first).name(firstName), "sink of " + firstName, new Pause(0));
        Api.sink(numbers.rebalance().map(second).name(secondName), "sink of " + secondName, new Pause(0));
    }

    private static final class Debit implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) throws InterruptedException {
            synchronized (ACCOUNTS) {
                meet();
                synchronized (BALANCES) {
                    return number;
                }
            }
        }
    }

    private static final class Credit implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) throws InterruptedException {
            synchronized (BALANCES) {
                meet();
                synchronized (ACCOUNTS) {
                    return number;
                }
            }
        }
    }

    private static void meet() throws InterruptedException {
        BOTH_HOLD_ONE.countDown();
        BOTH_HOLD_ONE.await();
    }

    /** Holds the lock through one endless call to something outside. */
    private static final class Export implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) throws InterruptedException {
            EXPORT.lock();
            try {
                EXPORT_HELD.countDown();
                Thread.sleep(Long.MAX_VALUE);
                return number;
            } finally {
                EXPORT.unlock();
            }
        }
    }

    private static final class Refresh implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) throws InterruptedException {
            EXPORT_HELD.await();
            EXPORT.lockInterruptibly();
            try {
                return number;
            } finally {
                EXPORT.unlock();
            }
        }
    }

    private Locks() {}
}
