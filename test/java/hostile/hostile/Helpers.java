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

public class Helpers {
    private final Object lock = new Object();
    private final ArrayDeque<Buffer> q = new ArrayDeque<>();
    private int n;
    private Buffer last;
    void f(Buffer b) { synchronized (lock) { n++; if (!add(b)) { drop(b); } } }
    private boolean add(Buffer b) { if (q.size() > 1) { return false; } q.add(b); return true; }
    private void drop(Buffer b) { last = b; b.recycleBuffer(); }
    Object g() { synchronized (lock) { Buffer b = next(); release(b); return b; } }
    private Buffer next() { Buffer b = q.poll(); if (b != null && !b.isBuffer()) { b.recycleBuffer(); return next(); } return b; }
    private void release(Buffer b) { if (b == null) { return; } try { b.recycleBuffer(); } finally { n--; } }
    void h(Buffer b) { synchronized (lock) { twice(b, true); } twice(b, false); }
    private void twice(Buffer b, boolean under) { T.say(under); b.recycleBuffer(); }
    int k(Buffer b) { synchronized (lock) { return n + count(b); } }
    private int count(Buffer b) { int s = b.getSize(); b.recycleBuffer(); return s; }
    void m(Buffer b) { synchronized (lock) { n = count(b) + n; T.say(n); } }
    void o(Buffer b) { synchronized (lock) { var r = new Object() { void go() { b.recycleBuffer(); n++; } }; r.go(); } }
    public static void main(String[] a) {
        T.t("f", () -> { Helpers p = new Helpers(); for (String s : "a b c d".split(" ")) p.f(T.b(s)); return p.n + " " + p.q + p.last; });
        T.t("g", () -> { Helpers p = new Helpers(); p.f(T.b("xe")); p.f(T.b("y")); return p.g() + " " + p.n; });
        T.t("g0", () -> { Helpers p = new Helpers(); return p.g() + " " + p.n; });
        T.t("h", () -> { Helpers p = new Helpers(); p.h(T.b("x")); return 0; });
        T.t("k", () -> { Helpers p = new Helpers(); return p.k(T.b("x")); });
        T.t("m", () -> { Helpers p = new Helpers(); p.m(T.b("x")); return p.n; });
        T.t("o", () -> { Helpers p = new Helpers(); p.o(T.b("x")); return p.n; });
        T.t("fn", () -> { Helpers p = new Helpers(); p.f(T.b("a")); p.f(T.b("b")); try { p.f(null); } finally { T.say(p.n + " " + p.last); } return 0; });
    }
}
