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

public class Names {
    final Object lock = new Object();
    Buffer bufferToRecycle = T.b("field");
    List<Buffer> buffersToRecycle = new ArrayList<>();
    ArrayDeque<Buffer> q = new ArrayDeque<>();
    boolean shouldRecycleBuffer;
    void f(Buffer shouldNotify) { synchronized (lock) { q.poll().recycleBuffer(); } Buffer bufferToRecycle2 = null; T.say(bufferToRecycle); }
    Object g() { synchronized (lock) { for (Buffer b : q) { b.recycleBuffer(); } q.clear(); } Buffer b = this.bufferToRecycle; return b + " " + buffersToRecycle; }
    Object h(boolean c) { synchronized (lock) { if (c) { q.poll().recycleBuffer(); } else { bufferToRecycle.recycleBuffer(); } } return shouldRecycleBuffer + " " + bufferToRecycle; }
    Object i(boolean c) { synchronized (lock) { if (c) { q.peek().recycleBuffer(); return q.size(); } q.add(bufferToRecycle); } return q.size(); }
    static class List2 {}
    static Names p() { Names p = new Names(); p.q.add(T.b("x")); p.q.add(T.b("y")); return p; }
    public static void main(String[] a) {
        T.t("f", () -> { Names p = p(); p.f(null); return p.q; });
        T.t("g", () -> { Names p = p(); return p.g(); });
        T.t("h", () -> { Names p = p(); return p.h(true) + " " + p.h(false); });
        T.t("i", () -> { Names p = p(); return p.i(true) + " " + p.i(false); });
        T.t("f0", () -> { Names p = new Names(); p.f(null); return p.q; });
    }
}
