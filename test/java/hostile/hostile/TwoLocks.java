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

public class TwoLocks {
    final Object a = new Object();
    final Object b = new Object();
    int n;
    void f(Buffer x) { synchronized (a) { synchronized (b) { n++; x.recycleBuffer(); } n++; } }
    void g(Buffer x) { synchronized (a) { n++; synchronized (b) { x.recycleBuffer(); } } }
    void h(Buffer x) { synchronized (a) { k(x); } }
    private void k(Buffer x) { synchronized (b) { n++; x.recycleBuffer(); n++; } T.say("k " + n); }
    synchronized void l(Buffer x) { synchronized (this) { x.recycleBuffer(); } n++; }
    void m(Buffer x) { Object lock = n > 0 ? a : b; synchronized (lock) { x.recycleBuffer(); } }
    void o(Buffer x) { synchronized (x) { x.recycleBuffer(); n = x.getSize(); } }
    void r(Buffer x) { synchronized (x.getRecycler()) { x.getRecycler().recycle(x); } }
    public static void main(String[] q) {
        for (String s : new String[] {"x", "!x"}) {
            T.t("f", () -> { TwoLocks p = new TwoLocks(); p.f(T.b("x")); return p.n; });
            T.t("g", () -> { TwoLocks p = new TwoLocks(); p.g(T.b(s)); return p.n; });
            T.t("h", () -> { TwoLocks p = new TwoLocks(); p.h(T.b(s)); return p.n; });
            T.t("l", () -> { TwoLocks p = new TwoLocks(); p.l(T.b(s)); return p.n; });
            T.t("m", () -> { TwoLocks p = new TwoLocks(); p.m(T.b(s)); return p.n; });
            T.t("o", () -> { TwoLocks p = new TwoLocks(); p.o(T.b(s)); return p.n; });
            T.t("r", () -> { TwoLocks p = new TwoLocks(); p.r(T.b(s)); return p.n; });
        }
        T.t("fn", () -> { TwoLocks p = new TwoLocks(); try { p.f(null); } finally { T.say(p.n); } return p.n; });
        T.t("hn", () -> { TwoLocks p = new TwoLocks(); try { p.h(null); } finally { T.say(p.n); } return p.n; });
    }
}
