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

public class Records {
    record Pair(Buffer a, Buffer b) {
        static final Object LOCK = new Object();
        static int n;
        Pair {
            synchronized (LOCK) {
                n++;
                a.recycleBuffer();
            }
        }
        void release() {
            synchronized (LOCK) {
                a().recycleBuffer();
                b.recycleBuffer();
                n--;
            }
        }
        synchronized int count() { a.recycleBuffer(); return n; }
    }
    enum E {
        ONE { @Override synchronized int f(Buffer b) { b.recycleBuffer(); return ordinal(); } },
        TWO;
        int n;
        synchronized int f(Buffer b) { n++; b.recycleBuffer(); return n; }
    }
    interface I { Object LOCK = new Object(); default int f(Buffer b) { synchronized (LOCK) { b.recycleBuffer(); return 1; } } static void g(Buffer b) { synchronized (I.class) { b.recycleBuffer(); } } }
    sealed interface S permits A, D {}
    record A(Buffer b) implements S {}
    record D(int k) implements S {}
    int n;
    synchronized void pattern(Object o) {
        if (o instanceof Buffer b && b.isBuffer()) {
            b.recycleBuffer();
            n += b.getSize();
        }
        if (!(o instanceof Buffer c)) {
            return;
        }
        c.recycleBuffer();
    }
    public static void main(String[] a) {
        T.t("pair", () -> { Pair p = new Pair(T.b("x"), T.b("y")); p.release(); return Pair.n + " " + p.count(); });
        T.t("pairn", () -> { Pair p = new Pair(T.b("x"), null); try { p.release(); } finally { T.say(Pair.n); } return 0; });
        T.t("pair0", () -> { try { new Pair(null, null); } finally { T.say(Pair.n); } return 0; });
        T.t("e", () -> E.ONE.f(T.b("x")) + " " + E.TWO.f(T.b("y")));
        T.t("i", () -> { I.g(T.b("q")); return new I() {}.f(T.b("x")); });
        T.t("pat", () -> { Records p = new Records(); p.pattern(T.b("x")); p.pattern("x"); p.pattern(T.b("ee")); return p.n; });
    }
}
