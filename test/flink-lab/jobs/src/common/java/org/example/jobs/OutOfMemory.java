package org.example.jobs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** User code that keeps what it should let go, for each kind of JVM memory. */
final class OutOfMemory {

    static void heap(StreamExecutionEnvironment env) {
        build(env, "remember on heap", new RememberOnHeap());
    }

    static void direct(StreamExecutionEnvironment env) {
        build(env, "remember off heap", new RememberOffHeap());
    }

    static void metaspace(StreamExecutionEnvironment env) {
        build(env, "load classes", new LoadClasses());
    }

    private static void build(StreamExecutionEnvironment env, String name, MapFunction<Long, Long> leak) {
        env.setParallelism(1);
        Api.sink(
                env.fromSequence(0, 10_000_000).name("numbers").rebalance().map(leak).name(name),
                "sink",
                new Pause(0));
    }

    private static final class RememberOnHeap implements MapFunction<Long, Long> {
        private transient List<byte[]> kept;

        @Override
        public Long map(Long number) {
            if (kept == null) {
                kept = new ArrayList<>();
            }
            kept.add(new byte[256 * 1024]);
            return number;
        }
    }

    private static final class RememberOffHeap implements MapFunction<Long, Long> {
        private transient List<ByteBuffer> kept;

        @Override
        public Long map(Long number) {
            if (kept == null) {
                kept = new ArrayList<>();
            }
            kept.add(ByteBuffer.allocateDirect(1024 * 1024));
            return number;
        }
    }

    /** A new class loader and a new proxy class per record, all of them reachable. */
    private static final class LoadClasses implements MapFunction<Long, Long> {
        private transient List<Object> kept;

        @Override
        public Long map(Long number) throws Exception {
            if (kept == null) {
                kept = new ArrayList<>();
            }
            for (int i = 0; i < 20; i++) {
                ClassLoader loader = new URLClassLoader(new URL[0], LoadClasses.class.getClassLoader());
                InvocationHandler handler = (proxy, method, arguments) -> null;
                kept.add(Proxy.newProxyInstance(loader, new Class<?>[] {Runnable.class, Comparable.class}, handler));
            }
            return number;
        }
    }

    private OutOfMemory() {}
}
