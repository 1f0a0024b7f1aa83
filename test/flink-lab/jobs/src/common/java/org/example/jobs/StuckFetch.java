package org.example.jobs;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A source whose split reader waits in fetch for good, as a client does whose broker has gone away. */
class StuckFetch implements Source<Long, StuckFetch.Shard, Integer> {

    static void build(StreamExecutionEnvironment env) {
        env.setParallelism(2);
        Api.sink(env.fromSource(new StuckFetch(), WatermarkStrategy.noWatermarks(), "shards"), "sink", new Pause(0));
    }

    static final class Shard implements SourceSplit {
        private final String id;

        Shard(String id) {
            this.id = id;
        }

        @Override
        public String splitId() {
            return id;
        }
    }

    private static final class ShardReader implements SplitReader<Long, Shard> {
        @Override
        public RecordsWithSplitIds<Long> fetch() {
            CountDownLatch answer = new CountDownLatch(1);
            while (true) {
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    // the client of this source does not let itself be interrupted
                }
            }
        }

        @Override
        public void handleSplitsChanges(SplitsChange<Shard> change) {}

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }

    private static final class Reader extends SingleThreadMultiplexSourceReaderBase<Long, Long, Shard, Shard> {
        Reader(SourceReaderContext context) {
            super(ShardReader::new, Reader::emit, new Configuration(), context);
        }

        private static void emit(Long record, SourceOutput<Long> output, Shard shard) {
            output.collect(record);
        }

        @Override
        protected void onSplitFinished(java.util.Map<String, Shard> finished) {}

        @Override
        protected Shard initializedState(Shard shard) {
            return shard;
        }

        @Override
        protected Shard toSplitType(String id, Shard shard) {
            return shard;
        }
    }

    static class Shards implements SplitEnumerator<Shard, Integer> {
        private final SplitEnumeratorContext<Shard> context;

        Shards(SplitEnumeratorContext<Shard> context) {
            this.context = context;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<Shard> shards, int subtask) {}

        @Override
        public void addReader(int subtask) {
            context.assignSplit(new Shard("shard-" + subtask), subtask);
        }

        @Override
        public Integer snapshotState(long checkpoint) {
            return 0;
        }

        @Override
        public void close() {}
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<Shard, Integer> createEnumerator(SplitEnumeratorContext<Shard> context) {
        return new Shards(context);
    }

    @Override
    public SplitEnumerator<Shard, Integer> restoreEnumerator(SplitEnumeratorContext<Shard> context, Integer state) {
        return new Shards(context);
    }

    @Override
    public SimpleVersionedSerializer<Shard> getSplitSerializer() {
        return new Text<>(shard -> shard.id, Shard::new);
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new Text<>(String::valueOf, Integer::valueOf);
    }

    @Override
    public SourceReader<Long, Shard> createReader(SourceReaderContext context) {
        return new Reader(context);
    }

    private static final class Text<T> implements SimpleVersionedSerializer<T> {
        private final java.util.function.Function<T, String> write;
        private final java.util.function.Function<String, T> read;

        Text(java.util.function.Function<T, String> write, java.util.function.Function<String, T> read) {
            this.write = write;
            this.read = read;
        }

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T value) {
            return write.apply(value).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public T deserialize(int version, byte[] bytes) {
            return read.apply(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
