package org.example.jobs;

import java.io.IOException;
import java.io.InputStream;
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
            kept.add(new byte[4 * 1024 * 1024]);
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
            kept.add(ByteBuffer.allocateDirect(8 * 1024 * 1024));
            return number;
        }
    }

    /**
     * A plugin mechanism that never lets a loader go: each record defines the same large class once more. It is large so
     * that what is left at the end suffices for the JVM and Flink to say what happened.
     */
    private static final class LoadClasses implements MapFunction<Long, Long> {
        private transient List<Class<?>> kept;
        private transient byte[] code;

        @Override
        public Long map(Long number) throws IOException {
            if (kept == null) {
                kept = new ArrayList<>();
                String resource = StreamExecutionEnvironment.class.getName().replace('.', '/') + ".class";
                try (InputStream in = StreamExecutionEnvironment.class.getClassLoader().getResourceAsStream(resource)) {
                    code = in.readAllBytes();
                }
            }
            kept.add(new PluginLoader().define(code));
            return number;
        }
    }

    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super(OutOfMemory.class.getClassLoader());
        }

        Class<?> define(byte[] code) {
            return defineClass(null, code, 0, code.length);
        }
    }

    private OutOfMemory() {}
}
