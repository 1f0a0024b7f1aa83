package names;
import hostile.T;
import java.io.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;
import java.util.function.*;
import java.util.stream.*;
import org.apache.flink.runtime.io.network.buffer.*;
import org.apache.flink.runtime.io.network.partition.*;

class ArrayList {}
class List {}
public class Imports {
    final Object lock = new Object();
    Deque<Buffer> q = new ArrayDeque<>();
    Object f() { synchronized (lock) { Buffer b; while ((b = q.poll()) != null) { b.recycleBuffer(); } } return q; }
    Object g() { synchronized (lock) { for (Buffer b : q) { if (b.isBuffer()) { b.recycleBuffer(); } } return q; } }
    public static void main(String[] a) {
        T.t("f", () -> { Imports p = new Imports(); p.q.add(T.b("x")); p.q.add(T.b("y")); return p.f(); });
        T.t("g", () -> { Imports p = new Imports(); p.q.add(T.b("x")); p.q.add(T.b("ye")); return p.g(); });
    }
}
