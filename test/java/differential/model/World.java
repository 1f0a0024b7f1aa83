package model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.runtime.io.network.buffer.Buffer;
import org.apache.flink.runtime.io.network.buffer.BufferListener;
import org.apache.flink.runtime.io.network.buffer.BufferPool;
import org.apache.flink.runtime.io.network.buffer.BufferRecycler;
import org.apache.flink.runtime.io.network.partition.BufferAvailabilityListener;

/** What a program is surrounded by: a pool with a lock of its own, buffers of that pool, and those who are called back. */
public final class World implements BufferPool, BufferRecycler, BufferListener, BufferAvailabilityListener {
    /** Looks at the program under its lock, as a callback may; null: not at all. */
    public interface Peek {
        String look();
    }

    private final Object poolLock = new Object();
    private final List<String> pool = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private int named;
    /** In a run without a change of threads a callback looks at the program, and what it sees must be the same. */
    public Peek peek;

    private final class Own implements Buffer {
        private final String name;
        private boolean recycled;

        Own(String name) {
            this.name = name;
        }

        @Override
        public void recycleBuffer() {
            Model.step();
            recycled = true;
            recycle(this);
        }

        @Override
        public Buffer retainBuffer() {
            return this;
        }

        @Override
        public boolean isRecycled() {
            return recycled;
        }

        @Override
        public boolean isBuffer() {
            return !name.endsWith("e");
        }

        @Override
        public int getSize() {
            return name.length();
        }

        @Override
        public BufferRecycler getRecycler() {
            return World.this;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public Buffer buffer() {
        return new Own("b" + named++);
    }

    /** One that is no data: isBuffer() says no. */
    public Buffer event() {
        return new Own("b" + named++ + "e");
    }

    @Override
    public void recycle(Object segment) {
        try (Model.Held held = Model.enter(poolLock)) {
            pool.add(String.valueOf(segment));
        }
        note("recycle " + segment);
    }

    @Override
    public boolean notifyBufferAvailable(Buffer buffer) {
        Model.step();
        note("bufferAvailable " + buffer);
        return true;
    }

    @Override
    public void notifyDataAvailable() {
        Model.step();
        note("dataAvailable");
    }

    private void note(String call) {
        calls.add(call);
        if (peek != null && !call.startsWith("recycle")) seen.add(peek.look());
    }

    @Override
    public Buffer requestBuffer() {
        try (Model.Held held = Model.enter(poolLock)) {
            return pool.isEmpty() ? null : new Own(pool.remove(0));
        }
    }

    @Override
    public int getNumberOfAvailableMemorySegments() {
        try (Model.Held held = Model.enter(poolLock)) {
            return pool.size();
        }
    }

    /** Runs something while the lock of the pool is held, as a thread of the pool does that tells its listeners. */
    public void underPoolLock(Runnable what) {
        try (Model.Held held = Model.enter(poolLock)) {
            what.run();
        }
    }

    /** All that was called, in any order, as the order of two threads is nobody's matter. */
    public String unordered() {
        List<String> sorted = new ArrayList<>(calls);
        Collections.sort(sorted);
        List<String> left = new ArrayList<>(pool);
        Collections.sort(left);
        return sorted + " pool " + left;
    }

    public String ordered() {
        return calls + " saw " + seen + " pool " + pool;
    }
}
