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

public class Final {
    final Object lock = new Object();
    int n;
    Object f(Buffer b, boolean c) {
        final Buffer x;
        synchronized (lock) {
            if (c) { x = b; } else { x = T.b("other"); }
            x.recycleBuffer();
        }
        return x;
    }
    Object g(Buffer b) {
        synchronized (lock) {
            Buffer x = b;
            Runnable r = () -> T.say("later " + b);
            x.recycleBuffer();
            x = T.b("next");
            x.recycleBuffer();
            r.run();
            return x;
        }
    }
    Object h(Buffer b) {
        synchronized (lock) {
            b.recycleBuffer();
            b = null;
        }
        return b;
    }
    Object i(Buffer[] b, int k) {
        synchronized (lock) {
            b[k++].recycleBuffer();
            b[k++].recycleBuffer();
            n = k;
        }
        return n;
    }
    Object j(Buffer b) {
        synchronized (lock) {
            (n > 0 ? b : T.b("new")).recycleBuffer();
            n++;
            b.retainBuffer().recycleBuffer();
        }
        return n;
    }
    Object k(Buffer b) {
        int size;
        synchronized (lock) {
            size = b.getSize();
            b.recycleBuffer();
            size += b.getSize();
        }
        return size;
    }
    public static void main(String[] a) {
        T.t("f", () -> "" + new Final().f(T.b("x"), true) + new Final().f(T.b("x"), false));
        T.t("g", () -> new Final().g(T.b("x")));
        T.t("h", () -> new Final().h(T.b("x")));
        T.t("i", () -> new Final().i(new Buffer[] {T.b("x"), T.b("y")}, 0));
        T.t("i1", () -> new Final().i(new Buffer[] {T.b("x"), T.b("y")}, 1));
        T.t("i0", () -> new Final().i(new Buffer[] {null, T.b("y")}, 0));
        T.t("j", () -> new Final().j(T.b("x")));
        T.t("jn", () -> { Final p = new Final(); try { return p.j(null); } finally { T.say(p.n); } });
        T.t("k", () -> new Final().k(T.b("xx")));
    }
}
