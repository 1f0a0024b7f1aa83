package org.example.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs whose trouble is that of a process or of the cluster. */
final class ClusterIncidents {

    /**
     * A library's own thread defines classes for ever and goes on when there is no room for more; the next failure of a task is one too
     * many, for to handle it Flink needs classes that it has not loaded yet.
     */
    static void metaspaceLeak(StreamExecutionEnvironment env) {
        env.setParallelism(1);
        Api.sink(
                env.fromSequence(0, Long.MAX_VALUE - 1).name("numbers").rebalance().map(new StartsReloader()).name("rules"),
                "sink",
                new Pause(5));
    }

    /** One operator with state, by its uid. */
    static void totals(StreamExecutionEnvironment env, String uid) {
        env.setParallelism(2);
        Api.sink(
                env.fromSequence(0, Long.MAX_VALUE - 1).name("payments").uid("payments").rebalance().map(new Totals()).name("totals").uid(uid),
                "sink",
                new Pause(0));
    }

    private static final class StartsReloader implements MapFunction<Long, Long> {
        private static Thread reloader;

        @Override
        public Long map(Long number) {
            synchronized (StartsReloader.class) {
                if (reloader == null) {
                    reloader = new Thread(new Reloader(), "rules-reloader");
                    reloader.setDaemon(true);
                    reloader.start();
                }
            }
            if (Reloader.refused > 20) {
                throw new IllegalStateException("No rule for " + number);
            }
            return number;
        }
    }

    private static final class Reloader implements Runnable {
        private static volatile int refused;
        private final List<Class<?>> kept = new ArrayList<>();

        @Override
        public void run() {
            byte[] code = code();
            while (true) {
                try {
                    Thread.sleep(5);
                    kept.add(new RulesLoader().define(code));
                } catch (OutOfMemoryError e) {
                    // this is the fault that is recorded: it is taken for a bad rule, and the next one is loaded
                    refused++;
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private static byte[] code() {
            String resource = "/" + StreamExecutionEnvironment.class.getName().replace('.', '/') + ".class";
            try (InputStream in = StreamExecutionEnvironment.class.getResourceAsStream(resource)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class RulesLoader extends ClassLoader {
        RulesLoader() {
            super(ClusterIncidents.class.getClassLoader());
        }

        Class<?> define(byte[] code) {
            return defineClass(null, code, 0, code.length);
        }
    }

    private static final class Totals implements MapFunction<Long, Long>, CheckpointedFunction {
        private transient ListState<Long> state;
        private long total;

        @Override
        public Long map(Long number) {
            return total += number;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("total", Types.LONG));
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.clear();
            state.add(total);
        }
    }

    private ClusterIncidents() {}
}
