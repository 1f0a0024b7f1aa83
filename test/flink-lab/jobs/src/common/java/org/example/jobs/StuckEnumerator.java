package org.example.jobs;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A source whose enumerator waits in the JobManager for a list of its shards that never comes. */
final class StuckEnumerator extends StuckFetch {
    /** Asks already as it is created, which the main thread of the JobMaster does. */
    private final boolean asksAtOnce;

    static void inCoordinator(StreamExecutionEnvironment env) {
        build(env, new StuckEnumerator(false));
    }

    static void inJobMaster(StreamExecutionEnvironment env) {
        build(env, new StuckEnumerator(true));
    }

    private static void build(StreamExecutionEnvironment env, StuckEnumerator source) {
        env.setParallelism(2);
        Api.sink(env.fromSource(source, WatermarkStrategy.noWatermarks(), "shards"), "sink", new Pause(0));
    }

    private StuckEnumerator(boolean asksAtOnce) {
        this.asksAtOnce = asksAtOnce;
    }

    @Override
    public SplitEnumerator<Shard, Integer> createEnumerator(SplitEnumeratorContext<Shard> context) {
        if (asksAtOnce) {
            Catalog.shards();
        }
        return new Listing(context);
    }

    private static final class Listing extends Shards {
        Listing(SplitEnumeratorContext<Shard> context) {
            super(context);
        }

        @Override
        public void start() {
            Catalog.shards();
        }
    }

    private static final class Catalog {
        static List<Shard> shards() {
            return new CompletableFuture<List<Shard>>().join();
        }
    }
}
