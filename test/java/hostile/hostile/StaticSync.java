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

public class StaticSync {
    static int n;
    static Buffer shared = T.b("s");
    static synchronized int f(Buffer b) { n++; b.recycleBuffer(); return n; }
    static synchronized Buffer g(Buffer b) { shared.recycleBuffer(); return shared = b; }
    static synchronized void h(Buffer... bs) { for (Buffer b : bs) b.recycleBuffer(); n = bs.length; }
    static synchronized void i(Buffer b) { if (b == null) return; else b.recycleBuffer(); }
    static synchronized void j(Buffer b) { do { b.recycleBuffer(); n++; } while (n < 2); }
    static synchronized void k(Buffer b) { label: { if (n > 0) break label; b.recycleBuffer(); } n = 7; }
    static synchronized void l(Buffer b) { { int n = 3; b.recycleBuffer(); T.say(n); } T.say(n); }
    static synchronized boolean m(Buffer b) { boolean ok = b != null && b.isBuffer(); if (ok) b.recycleBuffer(); return ok; }
    public static void main(String[] a) {
        T.t("f", () -> f(T.b("x")));
        T.t("fn", () -> { try { return f(null); } finally { T.say(n); } });
        T.t("g", () -> g(T.b("x")) + " " + shared);
        T.t("h", () -> { h(T.b("x"), T.b("y")); return n; });
        T.t("hn", () -> { n = 0; try { h(T.b("x"), null, T.b("z")); } finally { T.say(n); } return n; });
        T.t("i", () -> { i(T.b("x")); i(null); return 0; });
        T.t("j", () -> { n = 0; j(T.b("x")); return n; });
        T.t("k", () -> { n = 0; k(T.b("x")); k(T.b("y")); return n; });
        T.t("l", () -> { l(T.b("x")); return n; });
        T.t("m", () -> m(T.b("x")) + " " + m(null) + " " + m(T.b("e")));
    }
}
