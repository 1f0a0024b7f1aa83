package org.example.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Threads that ask for the write lock while they hold the read lock of the same lock: the task itself, or one beside it. */
final class LockUpgrades {

    static void stampedInTask(StreamExecutionEnvironment env) {
        HiddenWaits.one(env, "cached prices", new UpgradesStamp());
    }

    static void stampedBeside(StreamExecutionEnvironment env) {
        HiddenWaits.one(env, "price orders", new UsesPrices());
    }

    static void reentrantBeside(StreamExecutionEnvironment env) {
        HiddenWaits.one(env, "convert", new UsesRates());
    }

    static void reentrantInOneMethod(StreamExecutionEnvironment env) {
        HiddenWaits.one(env, "cached limits", new CachesLimits());
    }

    private static final class UpgradesStamp implements MapFunction<Long, Long> {
        private static final StampedLock PRICES = new StampedLock();

        @Override
        public Long map(Long number) {
            long stamp = PRICES.readLock();
            try {
                return refresh(number);
            } finally {
                PRICES.unlockRead(stamp);
            }
        }

        private static long refresh(long number) {
            long stamp = PRICES.writeLock();
            try {
                return number;
            } finally {
                PRICES.unlockWrite(stamp);
            }
        }
    }

    /** Waits for the first prices, which its updater never gets to bring. */
    private static final class UsesPrices implements MapFunction<Long, Long> {
        private static final CountDownLatch LOADED = new CountDownLatch(1);

        @Override
        public Long map(Long number) throws InterruptedException {
            HiddenWaits.daemon(UsesPrices::load, "price-updater").start();
            LOADED.await();
            return number * Prices.price;
        }

        private static void load() {
            Prices.update();
            LOADED.countDown();
        }
    }

    /** Takes both locks in one method. */
    private static final class Prices {
        private static final StampedLock LOCK = new StampedLock();
        private static volatile long price;

        static void update() {
            long read = LOCK.readLock();
            try {
                if (price == 0) {
                    long write = LOCK.writeLock();
                    price = 7;
                    LOCK.unlockWrite(write);
                }
            } finally {
                LOCK.unlockRead(read);
            }
        }
    }

    /** Asks for the write lock in the method that holds the read lock. */
    private static final class CachesLimits implements MapFunction<Long, Long> {
        private static final ReentrantReadWriteLock LIMITS = new ReentrantReadWriteLock();
        private static long limit;

        @Override
        public Long map(Long number) {
            LIMITS.readLock().lock();
            try {
                if (limit == 0) {
                    LIMITS.writeLock().lock();
                    limit = 7;
                    LIMITS.writeLock().unlock();
                }
                return number * limit;
            } finally {
                LIMITS.readLock().unlock();
            }
        }
    }

    private static final class UsesRates implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) throws InterruptedException {
            HiddenWaits.daemon(Rates::keepFresh, "rates-refresher").start();
            Thread.sleep(500);
            return number * Rates.get();
        }
    }

    /** Takes the second lock in a method of its own. */
    private static final class Rates {
        private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();
        private static long rate;

        static void keepFresh() {
            LOCK.readLock().lock();
            try {
                if (rate == 0) {
                    load();
                }
            } finally {
                LOCK.readLock().unlock();
            }
        }

        private static void load() {
            LOCK.writeLock().lock();
            try {
                rate = 7;
            } finally {
                LOCK.writeLock().unlock();
            }
        }

        static long get() {
            LOCK.readLock().lock();
            try {
                return rate;
            } finally {
                LOCK.readLock().unlock();
            }
        }
    }

    private LockUpgrades() {}
}
