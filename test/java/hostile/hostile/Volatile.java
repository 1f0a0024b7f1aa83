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

public class Volatile {
    final Object lock = new Object();
    volatile Buffer current;
    volatile int epoch;
    final AtomicReference<Buffer> ref = new AtomicReference<>();
    void swap(Buffer next) {
        synchronized (lock) {
            current.recycleBuffer();
            current = next;
            epoch++;
        }
    }
    void swap2(Buffer next) {
        synchronized (lock) {
            ref.getAndSet(next).recycleBuffer();
            ref.set(null);
        }
    }
    int swap3(Buffer next) {
        synchronized (lock) {
            int before = epoch;
            current.recycleBuffer();
            return before + epoch;
        }
    }
    public static void main(String[] a) {
        T.t("1", () -> { Volatile p = new Volatile(); T.B b = T.b("x"); b.peek = () -> T.say(p.current + " " + p.epoch); p.current = b; p.swap(T.b("y")); return p.current; });
        T.t("null", () -> { Volatile p = new Volatile(); try { p.swap(T.b("y")); } finally { T.say(p.epoch + " " + p.current); } return p.current; });
        T.t("2", () -> { Volatile p = new Volatile(); T.B b = T.b("x"); b.peek = () -> T.say(p.ref); p.ref.set(b); p.swap2(T.b("y")); return p.ref; });
        T.t("2n", () -> { Volatile p = new Volatile(); try { p.swap2(T.b("y")); } finally { T.say(p.ref); } return 0; });
        T.t("3", () -> { Volatile p = new Volatile(); p.current = T.b("x"); return p.swap3(null); });
    }
}
