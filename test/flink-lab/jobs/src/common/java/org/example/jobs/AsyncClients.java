package org.example.jobs;

import java.util.Collections;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;

/** Asynchronous functions whose clients stand still: the task has as many requests open as it may, and waits in Flink's own code. */
final class AsyncClients {

    static void callbackWaits(StreamExecutionEnvironment env) {
        lookup(env, "customer lookup", new AsksAgainInCallback());
    }

    static void connectionsGone(StreamExecutionEnvironment env) {
        lookup(env, "account lookup", new BorrowsConnection());
    }

    private static void lookup(StreamExecutionEnvironment env, String name, AsyncFunction<Long, Long> function) {
        env.setParallelism(1);
        Api.sink(
                AsyncDataStream.unorderedWait(env.fromSequence(0, 1_000_000).name("numbers").rebalance(), function, 1, TimeUnit.DAYS, 8).name(name),
                "sink",
                new Pause(0));
    }

    /** Asks for more in the callback of the first answer and waits for it, on the thread that is to bring it. */
    private static final class AsksAgainInCallback implements AsyncFunction<Long, Long> {
        private static final CustomerClient CLIENT = new CustomerClient();

        @Override
        public void asyncInvoke(Long number, ResultFuture<Long> result) {
            CLIENT.ask(number).thenAccept(customer -> result.complete(Collections.singleton(details(customer))));
        }

        private static long details(long customer) {
            return CLIENT.ask(customer).join();
        }
    }

    /** A client with one event loop. */
    private static final class CustomerClient implements Runnable {
        private final BlockingQueue<Runnable> answers = new LinkedBlockingQueue<>();

        CustomerClient() {
            HiddenWaits.daemon(this, "customer-client-io-1").start();
        }

        CompletableFuture<Long> ask(long key) {
            CompletableFuture<Long> answer = new CompletableFuture<>();
            answers.add(() -> answer.complete(key));
            return answer;
        }

        @Override
        public void run() {
            while (true) {
                try {
                    answers.take().run();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    /** The threads of its pool borrow connections that are never given back. */
    private static final class BorrowsConnection implements AsyncFunction<Long, Long> {
        private static final AtomicInteger NUMBER = new AtomicInteger();
        private static final ExecutorService POOL =
                Executors.newFixedThreadPool(4, task -> HiddenWaits.daemon(task, "account-lookup-" + NUMBER.incrementAndGet()));

        @Override
        public void asyncInvoke(Long number, ResultFuture<Long> result) {
            POOL.submit(() -> {
                Connections.next();
                result.complete(Collections.singleton(number));
                return null;
            });
        }
    }

    private static final class Connections {
        private static final BlockingQueue<Object> FREE = new ArrayBlockingQueue<>(8);

        static Object next() throws InterruptedException {
            return FREE.take();
        }
    }

    private AsyncClients() {}
}
