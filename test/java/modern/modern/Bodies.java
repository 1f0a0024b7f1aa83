package modern;

import module java.base;
import hostile.T;
import org.apache.flink.runtime.io.network.buffer.*;

/** Constructors that do something before super(…), and imports of modules (Java 25). */
public class Bodies {
    static class Base {
        Base(int n) { T.say("base " + n); }
    }

    static class Late extends Base {
        static final Object LOCK = new Object();
        static int made;
        final int n;

        Late(Buffer buffer) {
            n = 1;
            synchronized (LOCK) {
                buffer.recycleBuffer();
                made++;
            }
            super(made);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Buffer> kept = new ArrayList<>();

    void drop() {
        lock.lock();
        try {
            for (Buffer buffer : kept) buffer.recycleBuffer();
            kept.clear();
        } finally {
            lock.unlock();
        }
    }

    public static void main(String[] args) {
        T.t("late", () -> { new Late(T.b("x")); return Late.made; });
        T.t("late null", () -> { try { new Late(null); } finally { T.say(Late.made); } return 0; });
        Bodies b = new Bodies();
        b.kept.addAll(List.of(T.b("1"), T.b("2"), T.b("3")));
        T.t("drop", () -> { b.drop(); return b.kept; });
        T.t("kept", () -> b.kept);
    }
}
