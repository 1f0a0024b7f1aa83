package hostile;
import java.io.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;
import java.util.function.*;
import java.util.stream.*;
import org.apache.flink.runtime.io.network.buffer.*;
import org.apache.flink.runtime.io.network.partition.*;

public class Futures {
    final Object lock = new Object();
    final CompletableFuture<String> done = new CompletableFuture<>();
    int n;
    void f() { synchronized (lock) { n++; done.complete("v" + n); n++; } }
    void g(Buffer b) { done.thenRun(() -> { synchronized (lock) { n++; b.recycleBuffer(); } }); done.complete("x"); }
    CompletableFuture<Integer> h(Buffer b) { return done.thenApply(s -> { synchronized (lock) { b.recycleBuffer(); return n; } }); }
    void i(Buffer b, Throwable t) { synchronized (lock) { if (t != null) { done.completeExceptionally(t); b.recycleBuffer(); } } }
    public static void main(String[] a) {
        T.t("f", () -> { Futures p = new Futures(); p.done.thenAccept(s -> { synchronized (p.lock) { T.say(s + " " + p.n); } }); p.f(); return p.n; });
        T.t("g", () -> { Futures p = new Futures(); p.g(T.b("x")); return p.n; });
        T.t("h", () -> { Futures p = new Futures(); CompletableFuture<Integer> r = p.h(T.b("!x")); p.done.complete("s"); return r.isCompletedExceptionally(); });
        T.t("i", () -> { Futures p = new Futures(); p.i(T.b("x"), new RuntimeException("t")); p.i(T.b("y"), null); return p.done.isCompletedExceptionally(); });
    }
}
