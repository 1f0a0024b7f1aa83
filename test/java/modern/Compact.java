import hostile.T;
import org.apache.flink.runtime.io.network.buffer.*;

final Object lock = new Object();
private int seen;

record Full(Buffer buffer, int size) {}

void one(Buffer buffer) {
    synchronized (lock) {
        buffer.recycleBuffer();
        seen++;
    }
}

synchronized void whole(Full full) {
    seen += full.size();
    full.buffer().recycleBuffer();
}

void each(List<Full> fulls) {
    synchronized (lock) {
        for (Full full : fulls) {
            full.buffer().recycleBuffer();
        }
        seen++;
    }
}

void main() {
    T.t("one", () -> { one(T.b("x")); return seen; });
    T.t("one null", () -> { one(null); return seen; });
    T.t("whole", () -> { whole(new Full(T.b("y"), 3)); return seen; });
    T.t("each", () -> { each(List.of(new Full(T.b("1"), 1), new Full(T.b("!2"), 1), new Full(T.b("3"), 1))); return seen; });
    T.t("seen", () -> seen);
}
