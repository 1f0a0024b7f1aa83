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

public class Exceptions {
    final Object lock = new Object();
    int n;
    final int[] at = new int[2];
    Object f(Buffer b, int i) {
        synchronized (lock) {
            b.recycleBuffer();
            at[i]++;
            return at[i];
        }
    }
    Object g(Buffer b, Object o) {
        synchronized (lock) {
            try {
                b.recycleBuffer();
                n = ((String) o).length();
            } catch (ClassCastException e) {
                n = -1;
                return "cast";
            } finally {
                n += 10;
            }
            return n;
        }
    }
    Object h(Buffer b) throws IOException {
        synchronized (lock) {
            try {
                n++;
                if (n > 1) throw new IOException("n");
            } finally {
                b.recycleBuffer();
            }
            return n;
        }
    }
    Object k(Buffer b, int d) {
        try {
            synchronized (lock) {
                n = 4 / d;
                b.recycleBuffer();
            }
        } catch (ArithmeticException | IllegalStateException e) {
            return "caught " + e.getClass().getSimpleName();
        }
        return n;
    }
    public static void main(String[] a) {
        for (String s : new String[] {"x", "!x"}) {
            T.t("f", () -> new Exceptions().f(T.b(s), 1));
            T.t("f3", () -> new Exceptions().f(T.b(s), 3));
            T.t("g", () -> new Exceptions().g(T.b(s), "ab"));
            T.t("g3", () -> new Exceptions().g(T.b(s), 4));
            T.t("gn", () -> new Exceptions().g(T.b(s), null));
            T.t("h", () -> new Exceptions().h(T.b(s)));
            T.t("h2", () -> { Exceptions p = new Exceptions(); p.n = 1; return p.h(T.b(s)); });
            T.t("k", () -> new Exceptions().k(T.b(s), 2));
            T.t("k0", () -> new Exceptions().k(T.b(s), 0));
        }
    }
}
