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

public class Nested<X extends Buffer> {
    final Object lock = new Object();
    X field;
    int n;
    class Inner {
        final Object lock = new Object();
        X field;
        void f(X x) { synchronized (Nested.this.lock) { Nested.this.field.recycleBuffer(); Nested.this.field = x; n++; } }
        void g(X x) { synchronized (lock) { field.recycleBuffer(); field = x; } }
        <Y extends X> Y h(Y y) { synchronized (this) { y.recycleBuffer(); return y; } }
    }
    static <Z extends Buffer & Comparable<Z>> Z pick(Object lock, List<? extends Z> zs) {
        synchronized (lock) {
            Z best = null;
            for (Z z : zs) {
                if (best == null || z.compareTo(best) > 0) {
                    best = z;
                } else {
                    z.recycleBuffer();
                }
            }
            return best;
        }
    }
    void wild(Map<String, ? super List<X>> m, List<? extends Buffer> w) {
        synchronized (lock) {
            w.get(0).recycleBuffer();
            w.get(1).recycleBuffer();
            n += m.size();
        }
    }
    Buffer anon(Buffer b) {
        synchronized (lock) {
            return new T.B("anon") {
                @Override public void recycleBuffer() { synchronized (lock) { Nested.this.n++; b.recycleBuffer(); } }
            };
        }
    }
    static class C extends T.B implements Comparable<C> { C(String n) { super(n); } public int compareTo(C o) { return n.compareTo(o.n); } }
    public static void main(String[] a) {
        T.t("f", () -> { Nested<Buffer> p = new Nested<>(); p.field = T.b("o"); Nested<Buffer>.Inner i = p.new Inner(); i.field = T.b("i"); i.f(T.b("x")); i.g(T.b("y")); i.h(T.b("z")); return p.field + " " + i.field; });
        T.t("fn", () -> { Nested<Buffer> p = new Nested<>(); Nested<Buffer>.Inner i = p.new Inner(); try { i.f(T.b("x")); } finally { T.say(p.field + " " + p.n); } return 0; });
        T.t("pick", () -> pick("l", Arrays.asList(new C("a"), new C("c"), new C("b"))));
        T.t("wild", () -> { Nested<Buffer> p = new Nested<>(); p.wild(new HashMap<>(), Arrays.asList(T.b("a"), T.b("b"))); return p.n; });
        T.t("wild1", () -> { Nested<Buffer> p = new Nested<>(); p.wild(new HashMap<>(), Arrays.asList(T.b("a"))); return p.n; });
        T.t("wildn", () -> { Nested<Buffer> p = new Nested<>(); try { p.wild(null, Arrays.asList(T.b("a"), T.b("b"))); } finally { T.say(p.n); } return p.n; });
        T.t("anon", () -> { Nested<Buffer> p = new Nested<>(); p.anon(T.b("a")).recycleBuffer(); return p.n; });
    }
}
