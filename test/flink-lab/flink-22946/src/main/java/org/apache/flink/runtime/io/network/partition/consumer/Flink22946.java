package org.apache.flink.runtime.io.network.partition.consumer;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.channel.ChannelStateWriter;
import org.apache.flink.runtime.checkpoint.channel.ChannelStateWriterImpl;
import org.apache.flink.runtime.io.network.ConnectionID;
import org.apache.flink.runtime.io.network.ConnectionManager;
import org.apache.flink.runtime.io.network.PartitionRequestClient;
import org.apache.flink.runtime.io.network.api.serialization.SpillingAdaptiveSpanningRecordDeserializer;
import org.apache.flink.runtime.io.network.buffer.Buffer;
import org.apache.flink.runtime.io.network.buffer.BufferPool;
import org.apache.flink.runtime.io.network.buffer.NetworkBuffer;
import org.apache.flink.runtime.io.network.buffer.NetworkBufferPool;
import org.apache.flink.runtime.io.network.partition.ResultPartitionID;
import org.apache.flink.runtime.io.network.partition.ResultPartitionType;
import org.apache.flink.runtime.jobgraph.IntermediateDataSetID;
import org.apache.flink.runtime.rest.messages.taskmanager.ThreadDumpInfo;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.apache.flink.runtime.state.memory.MemoryBackendCheckpointStorageAccess;
import org.apache.flink.runtime.util.JvmUtils;
import org.apache.flink.types.LongValue;
import org.apache.flink.util.CloseableIterator;

/**
 * Drives two remote channels of one input gate into the deadlock of FLINK-22946, with nothing but
 * the classes of flink-runtime. It sits in Flink's package because channels are set up through
 * package-private methods.
 *
 * <p>Each channel owns two exclusive buffers, one of them filled by the sender, and one floating
 * buffer. Its sender's backlog rose and fell again, so the channel still stands in the queue of the
 * local buffer pool although it needs no more buffers. Now the task thread reads the record of
 * channel 1 and recycles its exclusive buffer, while the channel-state writer has persisted the
 * buffer of channel 0 and recycles that. Both channels then have a floating buffer too many. Up to
 * 1.13.1 each thread gives it back to the pool while it still holds the queue of its own channel,
 * the pool offers it to the other channel, and both wait for ever.
 *
 * <p>The schedule is made likely, not forced: the main thread holds the pool's own monitor until
 * both threads have come that far, then lets go. Which of them is woken first is up to the JVM, and
 * only one order hangs; a try that went through therefore turns the order round for the next one.
 * {@code --warm-up N} first runs both threads N times one after the other, so that a JVM with -Xcomp has compiled
 * what will be on the stacks.
 */
public final class Flink22946 {

    private static final String TASK = "Join (1/2)#0";
    private static final int EXCLUSIVE_BUFFERS = 2;
    private static final int FLOATING_BUFFERS = 2;
    private static final int SEGMENT_BYTES = 1024;
    private static final long CHECKPOINT = 1L;
    private static final long GIVE_UP_MS = 10_000;
    private static final long SETTLE_MS = 20;

    private enum Outcome {
        DEADLOCKED,
        FINISHED,
        STUCK
    }

    /** Who recycles first; in the last order nobody can meet anybody. */
    private enum Order {
        WRITER_COMES_FIRST,
        TASK_COMES_FIRST,
        ONE_AFTER_THE_OTHER
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    public static void main(String[] args) throws Exception {
        int tries = 20;
        int warmUp = 0;
        boolean hold = false;
        Path record = null;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--tries") && i + 1 < args.length) {
                tries = Integer.parseInt(args[++i]);
            } else if (args[i].equals("--warm-up") && i + 1 < args.length) {
                warmUp = Integer.parseInt(args[++i]);
            } else if (args[i].equals("--record") && i + 1 < args.length) {
                record = Paths.get(args[++i]);
            } else if (args[i].equals("--hold")) {
                hold = true;
            } else {
                System.err.println("usage: Flink22946 [--tries N] [--warm-up N] [--record DIR] [--hold]");
                System.exit(2);
            }
        }

        String bufferManager = locationOf(BufferManager.class);
        System.out.println("flink-runtime: " + locationOf(SingleInputGate.class));
        System.out.println("BufferManager: " + bufferManager);

        int deadlocked = 0;
        int stuck = 0;
        for (int i = 0; i < warmUp; i++) {
            new Attempt(Order.ONE_AFTER_THE_OTHER).run();
        }
        Order order = Order.WRITER_COMES_FIRST;
        for (int i = 1; i <= tries; i++) {
            Outcome outcome = new Attempt(order).run();
            System.out.println("try " + i + ": " + outcome.name().toLowerCase());
            if (outcome == Outcome.DEADLOCKED) {
                deadlocked++;
                if (record != null || hold) {
                    break;
                }
            } else {
                stuck += outcome == Outcome.STUCK ? 1 : 0;
                order = order == Order.WRITER_COMES_FIRST ? Order.TASK_COMES_FIRST : Order.WRITER_COMES_FIRST;
            }
        }
        System.out.println("deadlocked: " + deadlocked + " of " + tries
                + (record != null || hold ? " (stops at the first)" : "") + ", stuck otherwise: " + stuck);

        if (record != null) {
            record(record);
        }
        if (hold) {
            System.out.println("holding pid " + ProcessHandle.current().pid() + " until standard input ends");
            System.out.flush();
            while (System.in.read() >= 0) {
                // whatever is typed is not for us
            }
        }
        // the threads of a deadlocked try can never be joined
        System.exit(stuck > 0 ? 3 : 0);
    }

    /** Writes the JVM's own view: ThreadInfo texts, and the body that Flink's REST handler would send. */
    private static void record(Path dir) throws IOException {
        Files.createDirectories(dir);
        Collection<ThreadInfo> all = JvmUtils.createThreadDump();
        StringBuilder text = new StringBuilder();
        List<ThreadDumpInfo.ThreadInfo> rest = new ArrayList<>();
        for (ThreadInfo info : all) {
            text.append(info);
            rest.add(ThreadDumpInfo.ThreadInfo.create(info.getThreadName(), info.toString()));
        }
        Files.write(dir.resolve("threadinfo.txt"), text.toString().getBytes(StandardCharsets.UTF_8));
        Files.write(
                dir.resolve("taskmanager-thread-dump.json"),
                RestMapperUtils.getStrictObjectMapper().writeValueAsBytes(ThreadDumpInfo.create(rest)));
    }

    private static String locationOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getName();
    }

    /** One gate with two channels, one channel-state writer, one task thread. */
    private static final class Attempt {
        private final Order order;
        private final NetworkBufferPool global =
                new NetworkBufferPool(2 * EXCLUSIVE_BUFFERS + FLOATING_BUFFERS, SEGMENT_BYTES);
        private final BufferPool floating;
        private final SingleInputGate gate;
        private final RemoteInputChannel[] channels = new RemoteInputChannel[2];

        Attempt(Order order) throws IOException {
            this.order = order;
            this.floating = global.createBufferPool(FLOATING_BUFFERS, FLOATING_BUFFERS);
            this.gate =
                    new SingleInputGate(
                            TASK,
                            0,
                            new IntermediateDataSetID(),
                            ResultPartitionType.PIPELINED_BOUNDED,
                            0,
                            channels.length,
                            (dataSet, partition, consumer) -> {},
                            () -> floating,
                            null,
                            global,
                            SEGMENT_BYTES);
            for (int i = 0; i < channels.length; i++) {
                channels[i] =
                        new RemoteInputChannel(
                                gate,
                                i,
                                new ResultPartitionID(),
                                new ConnectionID(new java.net.InetSocketAddress("127.0.0.1", 1), 0),
                                NO_NETWORK,
                                0,
                                0,
                                EXCLUSIVE_BUFFERS,
                                new SimpleCounter(),
                                new SimpleCounter(),
                                ChannelStateWriter.NO_OP);
            }
            gate.setInputChannels(channels);
        }

        Outcome run() throws Exception {
            gate.setup();
            for (RemoteInputChannel channel : channels) {
                channel.requestSubpartition(0);
            }
            Buffer[] received = new Buffer[channels.length];
            for (int i = 0; i < channels.length; i++) {
                received[i] = receive(channels[i]);
            }
            // All floating buffers are out: a rising backlog puts both channels into the pool's queue
            // of listeners, and nothing takes them out when the backlog falls again.
            for (RemoteInputChannel channel : channels) {
                channel.onSenderBacklog(1);
            }
            for (RemoteInputChannel channel : channels) {
                channel.onSenderBacklog(0);
            }

            ChannelStateWriterImpl writer =
                    new ChannelStateWriterImpl(
                            TASK,
                            0,
                            new MemoryBackendCheckpointStorageAccess(new JobID(), null, null, 1 << 20));
            writer.open();
            CheckpointOptions options = CheckpointOptions.forCheckpointWithDefaultLocation();
            writer.start(CHECKPOINT, options);
            Thread writerThread = threadNamed("Channel state writer " + TASK);

            CountDownLatch taskMayRead = new CountDownLatch(1);
            Thread task = new Thread(() -> readRecord(taskMayRead, received[1]), TASK);
            task.setDaemon(true);
            task.start();

            Runnable persist =
                    () ->
                            writer.addInputData(
                                    CHECKPOINT,
                                    channels[0].getChannelInfo(),
                                    ChannelStateWriter.SEQUENCE_NUMBER_UNKNOWN,
                                    CloseableIterator.ofElement(received[0], Buffer::recycleBuffer));
            if (order == Order.ONE_AFTER_THE_OTHER) {
                taskMayRead.countDown();
                task.join();
                persist.run();
                return end(await(task, writerThread), writer);
            }
            synchronized (monitorOf(floating)) {
                if (order == Order.WRITER_COMES_FIRST) {
                    persist.run();
                    awaitBlockedInPool(writerThread);
                    taskMayRead.countDown();
                    awaitBlockedInPool(task);
                } else {
                    taskMayRead.countDown();
                    awaitBlockedInPool(task);
                    persist.run();
                    awaitBlockedInPool(writerThread);
                }
            }

            return end(await(task, writerThread), writer);
        }

        private Outcome end(Outcome outcome, ChannelStateWriterImpl writer) throws Exception {
            if (outcome == Outcome.FINISHED) {
                writer.close();
                gate.close();
                global.destroyAllBufferPools();
                global.destroy();
            }
            return outcome;
        }

        /** What the Netty thread does when a buffer with one record arrives from the sender. */
        private static Buffer receive(RemoteInputChannel channel) throws IOException {
            Buffer buffer = channel.requestBuffer();
            ((NetworkBuffer) buffer).writeInt(Long.BYTES);
            ((NetworkBuffer) buffer).writeLong(42L);
            channel.onBuffer(buffer, 0, 0);
            return channel.getNextBuffer().orElseThrow(IllegalStateException::new).buffer();
        }

        private static void readRecord(CountDownLatch start, Buffer buffer) {
            try {
                start.await();
                SpillingAdaptiveSpanningRecordDeserializer<LongValue> deserializer =
                        new SpillingAdaptiveSpanningRecordDeserializer<>(
                                new String[] {System.getProperty("java.io.tmpdir")});
                deserializer.setNextBuffer(buffer);
                deserializer.getNextRecord(new LongValue());
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private Outcome await(Thread task, Thread writerThread) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GIVE_UP_MS);
            while (System.nanoTime() < end) {
                long[] ids = THREADS.findMonitorDeadlockedThreads();
                if (ids != null
                        && Arrays.stream(ids).anyMatch(id -> id == task.getId())
                        && Arrays.stream(ids).anyMatch(id -> id == writerThread.getId())) {
                    return Outcome.DEADLOCKED;
                }
                // the writer is a loop: it has finished once it waits for its next request
                boolean idle = writerThread.getState() == Thread.State.WAITING;
                if (!task.isAlive() && idle) {
                    return Outcome.FINISHED;
                }
                Thread.sleep(5);
            }
            return Outcome.STUCK;
        }
    }

    private static void awaitBlockedInPool(Thread thread) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GIVE_UP_MS);
        while (System.nanoTime() < end) {
            StackTraceElement[] stack = thread.getStackTrace();
            if (thread.getState() == Thread.State.BLOCKED
                    && stack.length > 0
                    && stack[0].getClassName().endsWith(".LocalBufferPool")) {
                // it may still spin; only parked threads are woken in a steady order
                Thread.sleep(SETTLE_MS);
                return;
            }
            Thread.sleep(1);
        }
        throw new IllegalStateException(thread.getName() + " did not come to the buffer pool");
    }

    /** The newest live thread of that name: earlier tries leave theirs behind. */
    private static Thread threadNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name) && thread.isAlive())
                .max((a, b) -> Long.compare(a.getId(), b.getId()))
                .orElseThrow(IllegalStateException::new);
    }

    private static Object monitorOf(BufferPool pool) throws ReflectiveOperationException {
        Field field = pool.getClass().getDeclaredField("availableMemorySegments");
        field.setAccessible(true);
        return field.get(pool);
    }

    /** The sender's side is not needed: the deadlock is between two threads of the receiver. */
    private static final ConnectionManager NO_NETWORK =
            new ConnectionManager() {
                @Override
                public int start() {
                    return -1;
                }

                @Override
                public PartitionRequestClient createPartitionRequestClient(ConnectionID connection) {
                    return NO_SENDER;
                }

                @Override
                public void closeOpenChannelConnections(ConnectionID connection) {}

                @Override
                public int getNumberOfActiveConnections() {
                    return 0;
                }

                @Override
                public void shutdown() {}
            };

    /** A proxy, because 1.13.2 and later add methods to this interface. */
    private static final PartitionRequestClient NO_SENDER =
            (PartitionRequestClient)
                    java.lang.reflect.Proxy.newProxyInstance(
                            Flink22946.class.getClassLoader(),
                            new Class<?>[] {PartitionRequestClient.class},
                            (proxy, method, arguments) -> null);

    private Flink22946() {}
}
