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

public class Comments {
    final Object lock = new Object();
    int n;
    /** Doc. */
    @Deprecated synchronized void a(Buffer b) { n++; /* why */ b.recycleBuffer(); /* after */ } // end
    void b(Buffer b) {
        synchronized (lock) // odd
        {
            // first
            b.recycleBuffer(); // tail
            // last
        }
    }
    void c(Buffer b) { synchronized (lock) { if (n == 0) b.recycleBuffer(); else n++; } n = 5; }
    void d(Buffer b) { synchronized (lock) { if (n == 0) /* x */ b . recycleBuffer ( ) ; } }
    String e(Buffer b) { synchronized (lock) { String s = """
            b.recycleBuffer();
            } // no
            """; b.recycleBuffer(); return s; } }
    void f(Buffer b) { synchronized (lock) { ;;b.recycleBuffer();; } }
    void g(Buffer b) { synchronized (lock) { for (;;) { b.recycleBuffer(); if (n++ > 0) return; } } }
    void \u0068(Buffer b) { synchronized (lock) { b.recycleBuffer(); n++; } }
    void i(Buffer b) { synchronized (lock) { b.recycleBuffer(); b.recycleBuffer(); } }
    void j(Buffer b) { synchronized (lock) { int i = 0; while (i++ < 2) b.recycleBuffer(); n = i; } }
    public static void main(String[] a) {
        Comments p = new Comments();
        T.t("a", () -> { p.a(T.b("x")); return p.n; });
        T.t("b", () -> { p.b(T.b("x")); return p.n; });
        p.n = 0;
        T.t("c", () -> { p.c(T.b("x")); p.c(T.b("y")); return p.n; });
        p.n = 0;
        T.t("d", () -> { p.d(T.b("x")); return p.n; });
        T.t("e", () -> p.e(T.b("x")));
        T.t("f", () -> { p.f(T.b("x")); return p.n; });
        T.t("g", () -> { p.g(T.b("x")); return p.n; });
        T.t("h", () -> { p.h(T.b("x")); return p.n; });
        T.t("i", () -> { p.i(T.b("x")); return p.n; });
        T.t("j", () -> { p.j(T.b("x")); return p.n; });
        T.t("an", () -> { p.n = 0; try { p.a(null); } finally { T.say(p.n); } return p.n; });
        T.t("in", () -> { p.i(T.b("!x")); return p.n; });
    }
}
