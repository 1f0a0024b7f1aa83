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

public class Lambdas {
    final Object lock = new Object();
    int n;
    final Map<String, Buffer> map = new TreeMap<>();
    Runnable f(Buffer b) { return () -> { synchronized (lock) { n++; b.recycleBuffer(); } }; }
    Supplier<Integer> g(Buffer b) { return () -> { synchronized (lock) { b.recycleBuffer(); return n; } }; }
    Callable<Integer> h(Buffer b) { synchronized (lock) { return () -> { synchronized (lock) { if (n > 0) { b.recycleBuffer(); return n; } return -1; } }; } }
    void k() { synchronized (lock) { map.forEach((key, value) -> { if (key.equals("a")) value.recycleBuffer(); n++; }); } }
    void m() { synchronized (lock) { map.entrySet().removeIf(e -> { if (e.getKey().equals("a")) { e.getValue().recycleBuffer(); return true; } return false; }); } }
    void o() { synchronized (lock) { map.computeIfPresent("a", (key, value) -> { value.recycleBuffer(); return null; }); map.values().forEach(v -> v.recycleBuffer()); } }
    static Lambdas p() { Lambdas p = new Lambdas(); p.map.put("a", T.b("x")); p.map.put("b", T.b("y")); return p; }
    public static void main(String[] a) {
        T.t("f", () -> { Lambdas p = p(); p.f(T.b("x")).run(); return p.n; });
        T.t("g", () -> { Lambdas p = p(); return p.g(T.b("x")).get(); });
        T.t("h", () -> { Lambdas p = p(); p.n = 2; return p.h(T.b("x")).call(); });
        T.t("h0", () -> { Lambdas p = p(); return p.h(T.b("x")).call(); });
        T.t("k", () -> { Lambdas p = p(); p.k(); return p.n + " " + p.map; });
        T.t("m", () -> { Lambdas p = p(); p.m(); return p.n + " " + p.map; });
        T.t("o", () -> { Lambdas p = p(); p.o(); return p.n + " " + p.map; });
        T.t("gn", () -> { Lambdas p = p(); return p.g(null).get(); });
    }
}
