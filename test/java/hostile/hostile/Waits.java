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

public class Waits {
    final Object lock = new Object();
    boolean go;
    int n;
    String f(Buffer b) throws InterruptedException {
        synchronized (lock) {
            b.recycleBuffer();
            while (!go) {
                lock.wait();
            }
            return "went";
        }
    }
    String g(Buffer b) {
        synchronized (lock) {
            try {
                while (!go) {
                    lock.wait(50);
                    n++;
                    if (n > 3) break;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                b.recycleBuffer();
                return "interrupted " + Thread.currentThread().isInterrupted();
            }
            b.recycleBuffer();
            return "n";
        }
    }
    void h(Buffer b) throws InterruptedException {
        synchronized (lock) {
            b.recycleBuffer();
            Thread.sleep(1);
            n++;
        }
    }
    public static void main(String[] a) {
        T.t("f", () -> { Waits p = new Waits(); T.B b = T.b("x"); b.peek = () -> { synchronized (p.lock) { p.go = true; p.lock.notifyAll(); } }; FutureTask<String> t = new FutureTask<>(() -> p.f(b)); Thread th = new Thread(t); th.setDaemon(true); th.start(); try { return t.get(1500, TimeUnit.MILLISECONDS); } finally { th.interrupt(); } });
        T.t("g", () -> new Waits().g(T.b("x")));
        T.t("gi", () -> { Thread.currentThread().interrupt(); try { return new Waits().g(T.b("x")); } finally { Thread.interrupted(); } });
        T.t("h", () -> { Thread.currentThread().interrupt(); Waits p = new Waits(); try { p.h(T.b("x")); } finally { Thread.interrupted(); T.say(p.n); } return 0; });
    }
}
