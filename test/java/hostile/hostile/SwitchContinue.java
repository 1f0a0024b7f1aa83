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

public class SwitchContinue {
    final Object lock = new Object();
    int n;
    void f(List<Buffer> all) {
        for (Buffer b : all) {
            synchronized (lock) {
                switch (b.getSize()) {
                    case 1:
                        b.recycleBuffer();
                        continue;
                    case 2:
                        b.recycleBuffer();
                        break;
                    default:
                        n += 100;
                        b.recycleBuffer();
                }
                n++;
            }
        }
    }
    int g(List<Buffer> all) {
        outer:
        for (Buffer b : all) {
            synchronized (lock) {
                for (int i = 0; i < 3; i++) {
                    if (i == b.getSize()) {
                        b.recycleBuffer();
                        continue outer;
                    }
                    n++;
                }
                n += 10;
            }
        }
        return n;
    }
    int h(Buffer b, int k) {
        synchronized (lock) {
            return switch (k) {
                case 1 -> { b.recycleBuffer(); yield 5; }
                case 2 -> { n++; yield n; }
                default -> { b.recycleBuffer(); throw new IllegalArgumentException("k"); }
            };
        }
    }
    void i(Buffer b, int k) {
        synchronized (lock) {
            switch (k) {
                case 1 -> b.recycleBuffer();
                case 2 -> n++;
                default -> { }
            }
        }
    }
    static List<Buffer> l() { return Arrays.asList(T.b("x"), T.b("yy"), T.b("zzz"), T.b("")); }
    public static void main(String[] a) {
        T.t("f", () -> { SwitchContinue p = new SwitchContinue(); p.f(l()); return p.n; });
        T.t("g", () -> new SwitchContinue().g(l()));
        for (int k = 0; k < 4; k++) { int j = k; T.t("h", () -> new SwitchContinue().h(T.b("x"), j)); T.t("i", () -> { SwitchContinue p = new SwitchContinue(); p.i(T.b("x"), j); return p.n; }); }
    }
}
