package org.example.jobs;

import java.util.Map;
import java.util.TreeMap;

import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.IterativeStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs with DataStream#iterate, deprecated in 1.19 and removed in 2.0. */
final class Loops {

    private static final long MAX_WAIT_MS = 20_000;

    static Map<String, Jobs.Job> all() {
        Map<String, Jobs.Job> jobs = new TreeMap<>();
        jobs.put("iterate", Loops::one);
        jobs.put("iterate-nested", Loops::nested);
        jobs.put("iterate-siblings", Loops::siblings);
        return jobs;
    }

    private static void one(StreamExecutionEnvironment env) {
        Api.sink(loop(source(env), "halve"), "result", new Pause(0));
    }

    /** The body of the outer loop contains the inner one. */
    private static void nested(StreamExecutionEnvironment env) {
        IterativeStream<Long> outer = source(env).iterate(MAX_WAIT_MS);
        DataStream<Long> body = loop(outer.map(new Halve()).name("outer step"), "inner step");
        outer.closeWith(body.filter(new Unfinished()).name("outer feedback"));
        Api.sink(body.filter(new Finished()).name("outer exit"), "result", new Pause(0));
    }

    /** Two loops one after the other, neither inside the other. */
    private static void siblings(StreamExecutionEnvironment env) {
        Api.sink(loop(loop(source(env), "first step"), "second step"), "result", new Pause(0));
    }

    private static DataStream<Long> loop(DataStream<Long> input, String name) {
        IterativeStream<Long> head = input.iterate(MAX_WAIT_MS);
        DataStream<Long> body = head.map(new Halve()).name(name);
        head.closeWith(body.filter(new Unfinished()).name(name + " feedback"));
        return body.filter(new Finished()).name(name + " exit");
    }

    private static DataStream<Long> source(StreamExecutionEnvironment env) {
        env.setParallelism(1);
        return env.fromSequence(0, 1_000_000).name("numbers").map(new Slow()).name("throttle");
    }

    private static final class Slow implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) throws InterruptedException {
            Thread.sleep(5);
            return number;
        }
    }

    private static final class Halve implements MapFunction<Long, Long> {
        @Override
        public Long map(Long number) {
            return number / 2;
        }
    }

    private static final class Unfinished implements FilterFunction<Long> {
        @Override
        public boolean filter(Long number) {
            return number > 1;
        }
    }

    private static final class Finished implements FilterFunction<Long> {
        @Override
        public boolean filter(Long number) {
            return number <= 1;
        }
    }

    private Loops() {}
}
