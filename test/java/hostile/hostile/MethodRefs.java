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

public class MethodRefs {
    final Object lock = new Object();
    final ArrayDeque<Buffer> q = new ArrayDeque<>();
    Buffer one;
    void a1() { synchronized (lock) { q.forEach(this::recycleBuffer); q.clear(); } }
    void a2() { synchronized (lock) { Optional.ofNullable(one).ifPresent(Buffer::recycleBuffer); one = null; } }
    void a3() { synchronized (lock) { Runnable r = one::recycleBuffer; one = null; r.run(); } }
    void a4(Consumer<Buffer> c) { synchronized (lock) { c.accept(one); q.stream().filter(Buffer::isBuffer).forEach(Buffer::recycleBuffer); q.removeIf(Buffer::isBuffer); } }
    void a5() { synchronized (lock) { List<Runnable> later = q.stream().<Runnable>map(x -> x::recycleBuffer).collect(Collectors.toList()); q.clear(); later.forEach(Runnable::run); } }
    void a6() { synchronized (lock) { new ArrayList<>(q).forEach(Buffer::recycleBuffer); } }
    void recycleBuffer(Buffer b) { T.say("own " + b); b.recycleBuffer(); }
    static MethodRefs p() { MethodRefs p = new MethodRefs(); p.q.add(T.b("x")); p.q.add(T.b("ye")); p.one = T.b("z"); return p; }
    public static void main(String[] a) {
        T.t("1", () -> { MethodRefs p = p(); p.a1(); return p.q; });
        T.t("2", () -> { MethodRefs p = p(); p.a2(); p.a2(); return p.one; });
        T.t("3", () -> { MethodRefs p = p(); p.a3(); return p.one; });
        T.t("4", () -> { MethodRefs p = p(); p.a4(Buffer::recycleBuffer); return p.q; });
        T.t("5", () -> { MethodRefs p = p(); p.a5(); return p.q; });
        T.t("6", () -> { MethodRefs p = p(); p.a6(); return p.q; });
    }
}
