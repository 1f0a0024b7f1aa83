package org.example.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.Properties;

/** Jobs that stand still in what a cluster was given beside them: a reporter of metrics, a file system ({@link Vault}). */
final class StuckPlugins {

    static void reporter(StreamExecutionEnvironment env) {
        Api.sink(Api.endless(env, "orders"), "sink", new Pause(10));
    }

    static void checkpointStorage(StreamExecutionEnvironment env) {
        env.enableCheckpointing(1000);
        HiddenWaits.one(env, "remember", new Remembers());
    }

    /** Asks a server for each metric of an operator, which never answers; it is told of them by the main thread of the TaskExecutor. */
    public static final class AsksServer implements MetricReporter {
        @Override
        public void open(MetricConfig config) {}

        @Override
        public void close() {}

        @Override
        public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
            if (name.equals("numRecordsIn")) {
                register();
            }
        }

        @Override
        public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}

        private static void register() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public static final class AsksServerFactory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new AsksServer();
        }
    }

    /** Has more state than fits into the answer to a checkpoint, so that a file is written. */
    private static final class Remembers implements MapFunction<Long, Long>, CheckpointedFunction {
        private static final int BLOCKS = 256;
        private transient ListState<String> state;

        @Override
        public Long map(Long number) throws InterruptedException {
            Thread.sleep(1);
            return number;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("blocks", Types.STRING));
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            List<String> blocks = new ArrayList<>();
            for (int block = 0; block < BLOCKS; block++) {
                blocks.add("a block of the state that is far too long to be sent with the acknowledgement: " + "#".repeat(400) + block);
            }
            state.update(blocks);
        }
    }

    private StuckPlugins() {}
}
