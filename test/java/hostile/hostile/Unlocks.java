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

public class Unlocks {
    final ReentrantLock lock = new ReentrantLock();
    int n;
    void f(Buffer b) {
        lock.lock();
        try {
            n++;
            lock.unlock();
            b.recycleBuffer();
            lock.lock();
            n++;
        } finally {
            lock.unlock();
        }
    }
    int g(Buffer b) {
        lock.lock();
        try {
            n++;
            b.recycleBuffer();
            lock.unlock();
            return n;
        } finally {
            if (lock.isHeldByCurrentThread()) {
                lock.unlock();
            }
        }
    }
    int h(Buffer b) {
        if (lock.tryLock()) {
            try {
                b.recycleBuffer();
                return 1;
            } finally {
                lock.unlock();
            }
        } else {
            b.recycleBuffer();
        }
        return 2;
    }
    int k(Buffer b) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            b.recycleBuffer();
        } finally {
            n += lock.getHoldCount();
            lock.unlock();
        }
        return n;
    }
    int m(Buffer b) {
        lock.lock();
        lock.lock();
        try {
            b.recycleBuffer();
        } finally {
            lock.unlock();
            n = lock.getHoldCount();
            lock.unlock();
        }
        return n;
    }
    int o(Buffer b, Buffer c) {
        lock.lock();
        b.recycleBuffer();
        n++;
        lock.unlock();
        lock.lock();
        try { c.recycleBuffer(); return n; } finally { lock.unlock(); }
    }
    static String held(Unlocks p, Object r) { return r + " held " + p.lock.getHoldCount(); }
    public static void main(String[] a) {
        for (String s : new String[] {"x", "!x"}) {
            T.t("f", () -> { Unlocks p = new Unlocks(); try { p.f(T.b(s)); } finally { T.say(p.n + " " + p.lock.getHoldCount()); } return held(p, p.n); });
            T.t("g", () -> { Unlocks p = new Unlocks(); return held(p, p.g(T.b(s))); });
            T.t("h", () -> { Unlocks p = new Unlocks(); return held(p, p.h(T.b(s))); });
            T.t("k", () -> { Unlocks p = new Unlocks(); return held(p, p.k(T.b(s))); });
            T.t("m", () -> { Unlocks p = new Unlocks(); return held(p, p.m(T.b(s))); });
            T.t("o", () -> { Unlocks p = new Unlocks(); return held(p, p.o(T.b("y"), T.b(s))); });
        }
        T.t("kint", () -> { Unlocks p = new Unlocks(); Thread.currentThread().interrupt(); return held(p, p.k(T.b("x"))); });
        Thread.interrupted();
        T.t("hheld", () -> { Unlocks p = new Unlocks(); Thread t = new Thread(p.lock::lock); t.start(); t.join(); return p.h(T.b("x")); });
    }
}
