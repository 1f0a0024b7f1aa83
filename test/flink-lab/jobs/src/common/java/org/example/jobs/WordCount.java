package org.example.jobs;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** A word count: the sink is slower than the source, so that back-pressure reaches the source. */
final class WordCount {

    private static final String[] WORDS = {"to", "be", "or", "not", "that", "is", "the", "question"};

    static void build(StreamExecutionEnvironment env) {
        env.enableCheckpointing(2000);
        Api.sink(counts(env), "slow sink", new Pause(20));
    }

    static void buildUnaligned(StreamExecutionEnvironment env) {
        env.enableCheckpointing(1000);
        env.getCheckpointConfig().enableUnalignedCheckpoints();
        Api.sink(counts(env), "slow sink", new Pause(20));
    }

    /** A barrier needs minutes through the full buffers in front of this sink, but gets two seconds. */
    static void buildWithCheckpointTimeout(StreamExecutionEnvironment env) {
        env.enableCheckpointing(1000);
        env.getCheckpointConfig().setCheckpointTimeout(2000);
        env.getCheckpointConfig().setTolerableCheckpointFailureNumber(2);
        Api.sink(counts(env), "very slow sink", new Pause(1000));
    }

    static void buildSteady(StreamExecutionEnvironment env) {
        env.enableCheckpointing(1000);
        Api.sink(counts(env, 10), "sink", new Pause(0));
    }

    private static DataStream<Tuple2<String, Long>> counts(StreamExecutionEnvironment env) {
        return counts(env, 0);
    }

    /** @param pauseMs how long the source takes for a number */
    private static DataStream<Tuple2<String, Long>> counts(StreamExecutionEnvironment env, long pauseMs) {
        env.setParallelism(2);
        DataStream<Long> numbers = env.fromSequence(0, Long.MAX_VALUE - 1).name("numbers");
        return (pauseMs == 0 ? numbers : numbers.map(new Throttle(pauseMs)).name("throttle"))
                .rebalance()
                .flatMap(new Tokenizer())
                .returns(Types.TUPLE(Types.STRING, Types.LONG))
                .name("tokenizer")
                .keyBy(new Word(), Types.STRING)
                .sum(1)
                .name("counts");
    }

    private static final class Throttle implements MapFunction<Long, Long> {
        private final long millis;

        Throttle(long millis) {
            this.millis = millis;
        }

        @Override
        public Long map(Long number) throws InterruptedException {
            Thread.sleep(millis);
            return number;
        }
    }

    private static final class Tokenizer implements FlatMapFunction<Long, Tuple2<String, Long>> {
        @Override
        public void flatMap(Long number, Collector<Tuple2<String, Long>> out) {
            out.collect(Tuple2.of(WORDS[(int) (number % WORDS.length)], 1L));
        }
    }

    private static final class Word implements KeySelector<Tuple2<String, Long>, String> {
        @Override
        public String getKey(Tuple2<String, Long> count) {
            return count.f0;
        }
    }

    private WordCount() {}
}
