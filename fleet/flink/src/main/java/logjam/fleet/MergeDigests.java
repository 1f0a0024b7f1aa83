package logjam.fleet;

import java.io.IOException;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The digests of a key as one. A batch job brings one key after the other, and the last timer of a key when there is no more
 * of it: the digests go to a child process as they come, and none is kept here.
 *
 * <p>A merge that fails must not pass for one of fewer files. It fails its task, which Flink tries again from the digests that
 * are there.
 */
final class MergeDigests extends KeyedProcessFunction<Integer, Tuple2<Integer, byte[]>, Tuple2<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final Logjam logjam;
    private transient Child child;

    MergeDigests(Logjam logjam) {
        this.logjam = logjam;
    }

    @Override
    public void processElement(Tuple2<Integer, byte[]> digest, Context context, Collector<Tuple2<Integer, byte[]>> collector) throws Exception {
        if (child == null) {
            child = logjam.start(getRuntimeContext(), "merge", "-");
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }
        child.talk(logjam.limit, (in, out) -> {
            in.write(digest.f1);
            in.write('\n');
            return null;
        });
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Tuple2<Integer, byte[]>> collector) throws Exception {
        byte[] line = child.talk(logjam.limit, (in, out) -> {
            in.close();
            return Child.line(out);
        });
        String trouble = child.trouble();
        close();
        if (line == null || trouble != null) {
            throw new IOException("logjam merge " + (trouble == null ? "printed nothing" : trouble));
        }
        collector.collect(Tuple2.of(context.getCurrentKey(), line));
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
            child = null;
        }
    }
}
