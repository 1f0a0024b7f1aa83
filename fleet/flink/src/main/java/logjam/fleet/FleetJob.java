package logjam.fleet;

import java.time.Duration;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Digests every file below some folders where the files lie, and merges the digests into one: the same line that
 * {@code logjam digest} prints on one machine.
 *
 * <p>Work is given out file by file, to whichever slot asks. What a task has made counts only when the task is done, and a
 * merge takes the same digest twice for once, so that neither a lost worker nor a repeated task changes the result.
 */
public final class FleetJob {
    /** A digest, one line of JSON without its newline, and the bucket that it is merged in. */
    static final TypeInformation<Tuple2<Integer, byte[]>> DIGEST = Types.TUPLE(Types.INT, Types.PRIMITIVE_ARRAY(Types.BYTE));

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            throw e;
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        plan(env, options);
        env.execute("logjam: digest " + String.join(", ", options.in));
    }

    static void plan(StreamExecutionEnvironment env, Options options) {
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        if (env.getConfiguration().getOptional(RestartStrategyOptions.RESTART_STRATEGY).isEmpty()) {
            env.configure(restarts(env.getParallelism()));
        }
        if (options.executable != null) {
            env.registerCachedFile(options.executable, Logjam.CACHED, true);
        }
        if (options.command.isEmpty() && env.getCachedFiles().stream().noneMatch(file -> file.f0.equals(Logjam.CACHED))) {
            throw new IllegalArgumentException(
                    "Nothing says which executable reads the files: --executable, --command or pipeline.cached-files with name:" + Logjam.CACHED);
        }
        Logjam logjam = new Logjam(options.command, options.limit);
        int parallelism = env.getParallelism();
        int buckets = options.buckets == 0 ? parallelism : options.buckets;

        FileSource<String> files = FileSource.forBulkFileFormat(new WholeFiles(), options.in.stream().map(Path::new).toArray(Path[]::new))
                // by default files with a dot or an underscore in front are left out
                .setFileEnumerator(() -> new NonSplittingRecursiveEnumerator(path -> true))
                .build();
        DataStream<Tuple2<Integer, byte[]>> digests = env.fromSource(files, WatermarkStrategy.noWatermarks(), "files")
                .setParallelism(parallelism)
                .map(new DigestFile(logjam, new Names(options.in), buckets))
                .returns(DIGEST)
                .setParallelism(parallelism)
                .name("digest");
        // without any file there is a result, too: that of an earlier run must not be left in its place
        DataStream<Tuple2<Integer, byte[]>> none =
                env.fromSequence(0, 0).setParallelism(1).map(one -> Tuple2.of(0, Digests.NONE)).returns(DIGEST).setParallelism(1).name("none");
        digests.union(none)
                .keyBy(digest -> digest.f0, Types.INT)
                .process(new MergeDigests(logjam))
                .setParallelism(Math.min(buckets, parallelism))
                .name("merge of a bucket")
                .keyBy(digest -> 0, Types.INT)
                .process(new MergeDigests(logjam))
                .setParallelism(1)
                .name("merge of all")
                .map(new WriteResult(options.out))
                .setParallelism(1)
                .name("result");
    }

    /**
     * A job without checkpoints is not restarted by default. Each task of a lost worker counts as an attempt, so that there must be
     * several for each.
     */
    private static Configuration restarts(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10 + 2 * parallelism);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        return configuration;
    }

    private FleetJob() {}
}
