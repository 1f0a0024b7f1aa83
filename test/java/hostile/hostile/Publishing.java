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

public class Publishing {
    final Object lock = new Object();
    final ConcurrentLinkedQueue<Buffer> cq = new ConcurrentLinkedQueue<>();
    final AtomicInteger count = new AtomicInteger();
    final AtomicBoolean released = new AtomicBoolean();
    final LongAdder adder = new LongAdder();
    final Map<String, Integer> cm = new ConcurrentHashMap<>();
    static int global;
    void f(Buffer b) { synchronized (lock) { b.recycleBuffer(); count.incrementAndGet(); } }
    void g(Buffer b) { synchronized (lock) { if (released.compareAndSet(false, true)) { b.recycleBuffer(); cm.put("a", 1); } } }
    void h() { synchronized (lock) { Buffer b; while ((b = cq.poll()) != null) { b.recycleBuffer(); adder.increment(); } } }
    void i(Buffer b) { synchronized (lock) { b.recycleBuffer(); global++; Publishing.global += 2; } }
    void j(Buffer b, int[] out) { synchronized (lock) { b.recycleBuffer(); out[0] = 1; } }
    void k(Buffer b, Publishing other) { synchronized (lock) { b.recycleBuffer(); other.count.set(9); other.f(b); } }
    void l(Buffer b, Thread t) { synchronized (lock) { b.recycleBuffer(); t.interrupt(); } }
    void m(Buffer b, Lock l) { synchronized (lock) { b.recycleBuffer(); l.unlock(); } }
    void n(Buffer b, CountDownLatch l) { synchronized (lock) { b.recycleBuffer(); l.countDown(); } }
    void o(Buffer b) { synchronized (lock) { b.recycleBuffer(); System.setProperty("p", "1"); } }
    static T.B peek(Runnable r) { T.B b = T.b("x"); b.peek = r; return b; }
    public static void main(String[] a) {
        Publishing p = new Publishing();
        T.t("f", () -> { p.f(peek(() -> T.say(p.count))); return p.count; });
        T.t("g", () -> { p.g(peek(() -> T.say(p.cm + " " + p.released))); return p.cm; });
        T.t("h", () -> { p.cq.add(peek(() -> T.say(p.adder + " " + p.cq.size()))); p.cq.add(peek(() -> T.say(p.adder + " " + p.cq.size()))); p.h(); return p.adder; });
        T.t("i", () -> { p.i(T.b("x")); return global; });
        T.t("j", () -> { int[] o = {0}; p.j(T.b("x"), o); return o[0]; });
        T.t("k", () -> { Publishing q = new Publishing(); p.k(peek(() -> T.say(q.count)), q); return q.count; });
        T.t("l", () -> { p.l(peek(() -> T.say(Thread.currentThread().isInterrupted())), Thread.currentThread()); return Thread.interrupted(); });
        T.t("m", () -> { ReentrantLock l = new ReentrantLock(); l.lock(); p.m(peek(() -> T.say(l.isLocked())), l); return l.isLocked(); });
        T.t("n", () -> { CountDownLatch l = new CountDownLatch(1); p.n(peek(() -> T.say(l.getCount())), l); return l.getCount(); });
        T.t("o", () -> { System.clearProperty("p"); p.o(peek(() -> T.say(System.getProperty("p")))); return System.getProperty("p"); });
    }
}
