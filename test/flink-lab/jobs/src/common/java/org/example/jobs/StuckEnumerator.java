package org.example.jobs;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A source whose enumerator waits in the JobManager for a list of its shards that never comes. */
final class StuckEnumerator extends StuckFetch {
    /** When it asks, and on which thread. */
    private enum Asks {
        /** As it is created: the main thread of the JobMaster. */
        AT_ONCE,
        /** As it starts: the coordinator of the source. */
        AT_START,
        /** Asynchronously, as enumerators should: the worker of the coordinator. */
        ASIDE
    }

    private final Asks asks;

    static void inCoordinator(StreamExecutionEnvironment env) {
        build(env, new StuckEnumerator(Asks.AT_START));
    }

    static void inJobMaster(StreamExecutionEnvironment env) {
        build(env, new StuckEnumerator(Asks.AT_ONCE));
    }

    static void inWorker(StreamExecutionEnvironment env) {
        build(env, new StuckEnumerator(Asks.ASIDE));
    }

    private static void build(StreamExecutionEnvironment env, StuckEnumerator source) {
        env.setParallelism(2);
        Api.sink(env.fromSource(source, WatermarkStrategy.noWatermarks(), "shards"), "sink", new Pause(0));
    }

    private StuckEnumerator(Asks asks) {
        this.asks = asks;
    }

    @Override
    public SplitEnumerator<Shard, Integer> createEnumerator(SplitEnumeratorContext<Shard> context) {
        if (asks == Asks.AT_ONCE) {
            Catalog.shards();
        }
        return new Listing(context, asks);
    }

    private static final class Listing extends Shards {
        private final SplitEnumeratorContext<Shard> context;
        private final Asks asks;

        Listing(SplitEnumeratorContext<Shard> context, Asks asks) {
            super(context);
            this.context = context;
            this.asks = asks;
        }

        @Override
        public void start() {
            if (asks == Asks.ASIDE) {
                context.callAsync(Catalog::shards, (shards, failure) -> {});
            } else {
                Catalog.shards();
            }
        }

        @Override
        public void addReader(int subtask) {
            // there is nothing to hand out before the shards are known
        }
    }

    private static final class Catalog {
        static List<Shard> shards() {
            return new CompletableFuture<List<Shard>>().join();
        }
    }
}
