package org.example.jobs;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs that stand still for good although no deadlock is in sight: each waits for something that is not a lock. */
final class HiddenWaits {

    static void stuckSink(StreamExecutionEnvironment env) {
        env.setParallelism(2);
        Api.sink(
                Api.endless(env, "orders").rebalance().map(new Explode()).name("explode"),
                "billing",
                new NeverAnswers());
    }

    static void ownCheckpoint(StreamExecutionEnvironment env) {
        env.enableCheckpointing(500);
        one(env, "commit on checkpoint", new CommitOnCheckpoint());
    }

    static void silentServer(StreamExecutionEnvironment env) {
        one(env, "inventory lookup", new InventoryLookup());
    }

    static void callbackNeedsMonitor(StreamExecutionEnvironment env) {
        one(env, "enrich", new WaitsUnderMonitor());
    }

    static void initialiserUsesPool(StreamExecutionEnvironment env) {
        one(env, "price list", new UsesPriceList());
    }

    static void nestedMonitor(StreamExecutionEnvironment env) {
        one(env, "take ticket", new TakeTicket());
    }

    static void joinUnderMonitor(StreamExecutionEnvironment env) {
        one(env, "reconnect", new Reconnect());
    }

    static void flushUnderMonitor(StreamExecutionEnvironment env) {
        one(env, "bulk writer", new BulkWriter());
    }

    static void poolOfOne(StreamExecutionEnvironment env) {
        one(env, "geo lookup", new GeoLookup());
    }

    static void poolOfTwo(StreamExecutionEnvironment env) {
        env.setParallelism(2);
        Api.sink(
                env.fromSequence(0, 1_000_000).name("numbers").rebalance().map(new TaxLookup()).name("tax lookup"), "sink", new Pause(0));
    }

    static void fullBuffer(StreamExecutionEnvironment env) {
        one(env, "audit", new Audit());
    }

    static void sourceKeepsLock(StreamExecutionEnvironment env) {
        env.setParallelism(1);
        env.enableCheckpointing(500);
        Api.sink(Api.endless(env, "orders", new WaitsForBroker()), "sink", new Pause(0));
    }

    static void emptyConnectionPool(StreamExecutionEnvironment env) {
        env.setParallelism(4);
        Api.sink(
                env.fromSequence(0, 1_000_000).name("numbers").rebalance().map(new BorrowsConnection()).name("customer lookup"),
                "sink",
                new Pause(0));
    }

    static void lockUpgrade(StreamExecutionEnvironment env) {
        one(env, "cached rates", new UpgradesReadLock());
    }

    static void executorNeverEnds(StreamExecutionEnvironment env) {
        one(env, "drain on rollover", new DrainsUnderMonitor());
    }

    static void one(StreamExecutionEnvironment env, String name, MapFunction<Long, Long> function) {
        env.setParallelism(1);
        Api.sink(env.fromSequence(0, 1_000_000).name("numbers").rebalance().map(function).name(name), "sink", new Pause(0));
    }

    private static final class Explode implements MapFunction<Long, String> {
        @Override
        public String map(Long number) {
            return "order-" + number + "-".repeat(500);
        }
    }

    /** A client that waits for an answer that nobody will give. */
    private static final class NeverAnswers implements Api.Consumer {
        @Override
        public void accept(Object record) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    /** A source that waits for more from its broker while it holds the checkpoint lock. */
    private static final class WaitsForBroker implements Api.Consumer {
        @Override
        public void accept(Object number) throws InterruptedException {
            if ((long) number == 10) {
                new CountDownLatch(1).await();
            }
        }
    }

    /** Wants to go on only when a checkpoint is complete, but it is this very thread that would be told. */
    private static final class CommitOnCheckpoint implements MapFunction<Long, Long>, CheckpointListener {
        private transient CountDownLatch committed;

        @Override
        public Long map(Long number) throws InterruptedException {
            if (number > 10) {
                committed = new CountDownLatch(1);
                committed.await();
            }
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (committed != null) {
                committed.countDown();
            }
        }
    }

    /** Waits for a client whose only thread reads from a server that says nothing. */
    private static final class InventoryLookup implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) throws Exception {
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            CompletableFuture<Long> answer = new CompletableFuture<>();
            Thread client = new Thread(() -> read(server.getLocalPort(), answer), "inventory-client-io-1");
            client.setDaemon(true);
            client.start();
            return answer.get();
        }

        private static void read(int port, CompletableFuture<Long> answer) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                answer.complete((long) socket.getInputStream().read());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        }
    }

    /** Waits for its callback while it holds the monitor that the callback needs. */
    private static final class WaitsUnderMonitor implements MapFunction<Long, Long> {
        private transient CountDownLatch answered;
        private long value;

        @Override
        public synchronized Long map(Long number) throws InterruptedException {
            answered = new CountDownLatch(1);
            Thread client = new Thread(() -> answer(number), "inventory-client-io-1");
            client.setDaemon(true);
            client.start();
            answered.await();
            return value;
        }

        private synchronized void answer(long number) {
            value = number;
            answered.countDown();
        }
    }

    private static final class UsesPriceList implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) {
            return number + PriceList.SIZE;
        }
    }

    /** Its initialiser asks a pool for help, whose thread needs the class to be initialised. */
    private static final class PriceList {
        static final int SIZE;

        static {
            SIZE = CompletableFuture.supplyAsync(() -> load(7)).join();
        }

        static int load(int pages) {
            return pages * 2;
        }
    }

    /** Waits for a ticket inside of a monitor that whoever brings one has to pass. */
    private static final class TakeTicket implements MapFunction<Long, Long> {
        private final Counter counter = new Counter();

        @Override
        public Long map(Long number) throws InterruptedException {
            Thread issuer = new Thread(() -> counter.issue(), "ticket-issuer");
            issuer.setDaemon(true);
            issuer.start();
            return counter.take();
        }
    }

    private static final class Counter implements java.io.Serializable {
        private final Tickets tickets = new Tickets();

        synchronized long take() throws InterruptedException {
            Thread.sleep(200);
            return tickets.await();
        }

        synchronized void issue() {
            tickets.add();
        }
    }

    private static final class Tickets implements java.io.Serializable {
        private int free;

        synchronized long await() throws InterruptedException {
            while (free == 0) {
                wait();
            }
            return free--;
        }

        synchronized void add() {
            free++;
            notifyAll();
        }
    }

    /** Ends its network thread while it holds the monitor that the thread needs to end. */
    private static final class Reconnect implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) throws InterruptedException {
            synchronized (Connection.class) {
                Thread network = new Thread(Connection::run, "orders-network-thread");
                network.setDaemon(true);
                network.start();
                network.join();
            }
            return number;
        }
    }

    private static final class Connection {
        static void run() {
            synchronized (Connection.class) {
                Connection.class.notifyAll();
            }
        }
    }

    /** A bulk writer: adding waits for the bulk to be confirmed, and the confirmation flushes under the same monitor. */
    private static final class BulkWriter implements MapFunction<Long, Long> {
        private transient ScheduledExecutorService scheduler;
        private transient CountDownLatch confirmed;

        @Override
        public synchronized Long map(Long number) throws InterruptedException {
            confirmed = new CountDownLatch(1);
            scheduler = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "bulk-scheduler-1"));
            scheduler.scheduleWithFixedDelay(this::flush, 10, 10, TimeUnit.MILLISECONDS);
            scheduler.schedule(() -> confirmed.countDown(), 2, TimeUnit.SECONDS);
            confirmed.await();
            return number;
        }

        private synchronized void flush() {
            notifyAll();
        }
    }

    /** The only worker of a pool waits for a task that stands behind it in the queue of the same pool. */
    private static final class GeoLookup implements MapFunction<Long, Long> {
        private static final ExecutorService POOL = Executors.newSingleThreadExecutor(task -> daemon(task, "geo-worker-1"));

        @Override
        public Long map(Long number) throws Exception {
            return POOL.submit(() -> region(number)).get();
        }

        private static long region(long number) throws Exception {
            return POOL.submit(() -> number % 7).get();
        }
    }

    /** Both workers of a pool wait for tasks that stand behind them in the queue of the same pool. */
    private static final class TaxLookup implements MapFunction<Long, Long> {
        private static final AtomicInteger NUMBER = new AtomicInteger();
        private static final ExecutorService POOL =
                Executors.newFixedThreadPool(2, task -> daemon(task, "tax-worker-" + NUMBER.incrementAndGet()));
        private static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @Override
        public Long map(Long number) throws Exception {
            return POOL.submit(() -> rate(number)).get();
        }

        private static long rate(long number) throws Exception {
            BOTH.await();
            return POOL.submit(() -> number % 7).get();
        }
    }

    /** Waits for room in a buffer whose only sender has ended with an error. */
    private static final class Audit implements MapFunction<Long, Long> {
        private static final AuditBuffer BUFFER = new AuditBuffer();

        @Override
        public Long map(Long number) throws InterruptedException {
            BUFFER.append(number);
            return number;
        }
    }

    private static final class AuditBuffer {
        private static final int ROOM = 16;

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition room = lock.newCondition();
        private final Deque<Long> waiting = new ArrayDeque<>();

        AuditBuffer() {
            daemon(this::send, "audit-sender").start();
        }

        void append(long number) throws InterruptedException {
            lock.lock();
            try {
                while (waiting.size() == ROOM) {
                    room.await();
                }
                waiting.add(number);
            } finally {
                lock.unlock();
            }
        }

        private void send() {
            throw new IllegalStateException("the audit log does not take any more");
        }
    }

    /** Connections are borrowed and never given back. */
    private static final class BorrowsConnection implements MapFunction<Long, Long> {
        private static final BlockingQueue<Object> CONNECTIONS = new ArrayBlockingQueue<>(8);

        @Override
        public Long map(Long number) throws InterruptedException {
            CONNECTIONS.take();
            return number;
        }
    }

    /** Wants the write lock while it holds the read lock. */
    private static final class UpgradesReadLock implements MapFunction<Long, Long> {
        private static final ReentrantReadWriteLock RATES = new ReentrantReadWriteLock();

        @Override
        public Long map(Long number) {
            RATES.readLock().lock();
            try {
                return refresh(number);
            } finally {
                RATES.readLock().unlock();
            }
        }

        private static long refresh(long number) {
            RATES.writeLock().lock();
            try {
                return number;
            } finally {
                RATES.writeLock().unlock();
            }
        }
    }

    /** Waits under a monitor for the end of a pool whose last task needs the monitor. */
    private static final class DrainsUnderMonitor implements MapFunction<Long, Long> {
        private long written;

        @Override
        public synchronized Long map(Long number) throws InterruptedException {
            ExecutorService pool = Executors.newFixedThreadPool(2, task -> daemon(task, "rollover-writer"));
            pool.submit(() -> write(number));
            pool.shutdown();
            pool.awaitTermination(1, TimeUnit.DAYS);
            return written;
        }

        private synchronized void write(long number) {
            written = number;
        }
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private HiddenWaits() {}
}
