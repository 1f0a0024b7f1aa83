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

public class Notify {
    final Object lock = new Object();
    BufferAvailabilityListener view;
    BufferListener listener;
    boolean available;
    int seq;
    void f() { synchronized (lock) { view.notifyDataAvailable(); available = true; } }
    void g() { synchronized (lock) { available = true; view.notifyDataAvailable(); } }
    int h() { synchronized (lock) { seq++; view.notifyDataAvailable(); return seq; } }
    boolean k(Buffer b) { synchronized (lock) { return listener.notifyBufferAvailable(b); } }
    void m(Buffer b) { synchronized (lock) { if (!listener.notifyBufferAvailable(b)) { b.recycleBuffer(); } } }
    void o() { BufferAvailabilityListener v; synchronized (lock) { v = view; view = null; if (v != null) v.notifyDataAvailable(); } }
    static Notify p() { Notify p = new Notify(); p.view = () -> { synchronized (p.lock) { T.say("data " + p.available + p.seq + (p.view == null)); } }; p.listener = b -> { T.say("listener " + b); return b.isBuffer(); }; return p; }
    public static void main(String[] a) {
        T.t("f", () -> { Notify p = p(); p.f(); return p.available; });
        T.t("g", () -> { Notify p = p(); p.g(); return p.available; });
        T.t("h", () -> { Notify p = p(); p.view = () -> { synchronized (p.lock) { p.seq += 10; } }; return p.h(); });
        T.t("k", () -> p().k(T.b("x")));
        T.t("m", () -> { p().m(T.b("x")); p().m(T.b("e")); return 0; });
        T.t("o", () -> { Notify p = p(); p.o(); p.o(); return p.view; });
        T.t("fn", () -> { Notify p = p(); p.view = null; try { p.f(); } finally { T.say(p.available); } return 0; });
    }
}
