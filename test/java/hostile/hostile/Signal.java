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

public class Signal {
    final ReentrantLock lock = new ReentrantLock();
    final Condition free = lock.newCondition();
    final Set<Buffer> pool = new LinkedHashSet<>();
    int n;
    void give(Buffer b) {
        lock.lock();
        try {
            b.recycleBuffer();
            free.signalAll();
        } finally {
            lock.unlock();
        }
    }
    void give2(Buffer b) {
        lock.lock();
        try {
            free.signal();
            b.recycleBuffer();
        } finally {
            lock.unlock();
        }
    }
    String take(BooleanSupplier has) throws InterruptedException {
        lock.lock();
        try {
            while (!has.getAsBoolean()) {
                free.await();
            }
            return "took";
        } finally {
            lock.unlock();
        }
    }
    public static void main(String[] a) {
        for (int i = 0; i < 2; i++) {
            int k = i;
            T.t("give" + k, () -> {
                Signal p = new Signal(); T.B b = T.b("x");
                AtomicReference<String> r = new AtomicReference<>();
                Thread t = new Thread(() -> { try { r.set(p.take(b::isRecycled)); } catch (InterruptedException e) { r.set("int"); } });
                t.start(); while (t.getState() != Thread.State.WAITING) Thread.sleep(1);
                if (k == 0) p.give(b); else p.give2(b);
                t.join(1500); String s = String.valueOf(r.get()); t.interrupt(); return s;
            });
        }
    }
}
