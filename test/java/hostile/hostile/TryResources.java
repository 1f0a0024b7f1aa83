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

public class TryResources {
    final Object lock = new Object();
    int n;
    AutoCloseable c(String s) { T.say("open " + s); return () -> T.say("close " + s); }
    void f(Buffer b) throws Exception { synchronized (lock) { try (AutoCloseable x = c("r")) { n++; b.recycleBuffer(); } } }
    void g(Buffer b) throws Exception { try (AutoCloseable x = c("r")) { synchronized (lock) { n++; b.recycleBuffer(); } } }
    void h(Buffer b) throws Exception { synchronized (lock) { try (AutoCloseable x = c("r"); AutoCloseable y = b::recycleBuffer) { n++; } } }
    Object k(Buffer b) { synchronized (lock) { try { return n++; } finally { b.recycleBuffer(); n += 5; } } }
    Object m(Buffer b) { synchronized (lock) { try { throw new IllegalStateException("m"); } catch (IllegalStateException e) { b.recycleBuffer(); throw e; } finally { n++; } } }
    Object o(Buffer b) { synchronized (lock) { try { if (n == 0) throw new RuntimeException("o"); return 1; } catch (RuntimeException e) { b.recycleBuffer(); return 2; } } }
    public static void main(String[] a) {
        for (String s : new String[] {"x", "!x"}) {
            T.t("f", () -> { TryResources p = new TryResources(); p.f(T.b(s)); return p.n; });
            T.t("g", () -> { TryResources p = new TryResources(); p.g(T.b(s)); return p.n; });
            T.t("h", () -> { TryResources p = new TryResources(); p.h(T.b(s)); return p.n; });
            T.t("k", () -> { TryResources p = new TryResources(); Object r = p.k(T.b(s)); return r + " " + p.n; });
            T.t("m", () -> { TryResources p = new TryResources(); try { return p.m(T.b(s)); } finally { T.say(p.n); } });
            T.t("o", () -> { TryResources p = new TryResources(); return p.o(T.b(s)); });
        }
        T.t("kn", () -> { TryResources p = new TryResources(); try { return p.k(null); } finally { T.say(p.n); } });
        T.t("fn", () -> { TryResources p = new TryResources(); try { p.f(null); return 0; } finally { T.say(p.n); } });
    }
}
