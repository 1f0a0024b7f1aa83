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

public class Constructor {
    static final Object LOCK = new Object();
    static final List<Buffer> ALL = new ArrayList<>();
    final Buffer own;
    int size;
    Constructor(Buffer b) {
        synchronized (LOCK) {
            size = ALL.size();
            b.recycleBuffer();
            own = b;
            ALL.add(b);
        }
    }
    Constructor(Buffer b, int n) {
        this(b);
        synchronized (this) {
            size = n;
            own.recycleBuffer();
        }
    }
    static Buffer make(Buffer b) {
        synchronized (Constructor.class) {
            Constructor c = new Constructor(b, ALL.size());
            c.own.recycleBuffer();
            return c.own;
        }
    }
    public static void main(String[] a) {
        T.t("1", () -> new Constructor(T.b("x")).size);
        T.t("2", () -> new Constructor(T.b("x"), 3).size);
        T.t("3", () -> make(T.b("x")));
        T.t("4", () -> make(null));
    }
}
