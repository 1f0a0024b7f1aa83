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

public class Alias {
    final Object lock = new Object();
    final ArrayDeque<Buffer> queue = new ArrayDeque<>();
    void release() {
        synchronized (lock) {
            Queue<Buffer> alias = queue;
            Buffer last = alias.peek();
            alias.forEach(Buffer::recycleBuffer);
            alias.clear();
            last.recycleBuffer();
        }
    }
    Object g() {
        synchronized (lock) {
            Iterator<Buffer> it = queue.iterator();
            while (it.hasNext()) {
                Buffer one = it.next();
                it.remove();
                one.recycleBuffer();
            }
            return queue.size();
        }
    }
    public static void main(String[] a) {
        T.t("release", () -> { Alias p = new Alias(); p.queue.add(T.b("x")); p.queue.add(T.b("y")); p.release(); return p.queue; });
        T.t("empty", () -> { Alias p = new Alias(); p.release(); return p.queue; });
        T.t("g", () -> { Alias p = new Alias(); p.queue.add(T.b("x")); p.queue.add(T.b("y")); return p.g(); });
    }
}
