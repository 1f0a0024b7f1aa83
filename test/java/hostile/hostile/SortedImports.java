package hostile;

import org.apache.flink.runtime.io.network.buffer.Buffer;

import static java.lang.Math.max;

public class SortedImports {
    private final Object lock = new Object();
    private final java.util.Deque<Buffer> q = new java.util.ArrayDeque<>();

    Object f(boolean[] stop) {
        synchronized (lock) {
            while (!q.isEmpty()) {
                Buffer b = q.poll();
                b.recycleBuffer();
                if (stop[0]) {
                    break;
                }
            }
            return max(q.size(), 1);
        }
    }

    public static void main(String[] a) {
        T.t("f", () -> { SortedImports p = new SortedImports(); p.q.add(T.b("x")); p.q.add(T.b("y")); return p.f(new boolean[] {false}); });
        T.t("f1", () -> { SortedImports p = new SortedImports(); p.q.add(T.b("x")); p.q.add(T.b("y")); return p.f(new boolean[] {true}); });
    }
}
