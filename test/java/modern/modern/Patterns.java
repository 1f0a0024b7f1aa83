package modern;

import hostile.T;
import java.util.*;
import org.apache.flink.runtime.io.network.buffer.*;

/** Patterns of records, guards, and variables without names, with callbacks under a lock in them (Java 21 and 22). */
public class Patterns {
    sealed interface Shape permits Full, Empty, Pair {}
    record Full(Buffer buffer, int count) implements Shape {}
    record Empty() implements Shape {}
    record Pair(Shape left, Shape right) implements Shape {}

    private final Object lock = new Object();
    private int seen;

    int value(Shape shape) {
        synchronized (lock) {
            return switch (shape) {
                case Full(Buffer buffer, int count) when count > 3 -> {
                    buffer.recycleBuffer();
                    yield 1;
                }
                case Full(var buffer, _) -> {
                    buffer.recycleBuffer();
                    yield 2;
                }
                case Pair(Full(Buffer a, int _), Full(Buffer b, int _)) -> {
                    a.recycleBuffer();
                    b.recycleBuffer();
                    yield 3;
                }
                case Empty _ -> 0;
                default -> {
                    seen++;
                    yield -1;
                }
            };
        }
    }

    void statement(Shape shape) {
        synchronized (lock) {
            switch (shape) {
                case Full f when f.count() > seen -> f.buffer().recycleBuffer();
                case Full(Buffer buffer, int count) when buffer != null -> {
                    seen += count;
                    buffer.recycleBuffer();
                }
                case Empty _, Pair _ -> seen++;
                default -> {}
            }
            seen++;
        }
    }

    void only(Shape shape) {
        synchronized (lock) {
            switch (shape) {
                case Full(Buffer buffer, int count) when count > 3 -> buffer.recycleBuffer();
                case Pair(Full(Buffer a, int _), Full(var b, _)) -> {
                    a.recycleBuffer();
                    b.recycleBuffer();
                }
                case null -> seen--;
                case Full _, Empty _ -> seen++;
                default -> {}
            }
        }
    }

    void colons(Shape shape) {
        synchronized (lock) {
            switch (shape) {
                case Pair(Full(Buffer a, int _), _):
                    a.recycleBuffer();
                    break;
                case Full(Buffer buffer, _) when seen == 0:
                    buffer.recycleBuffer();
                    return;
                default:
                    seen++;
            }
        }
    }

    void deconstruct(Object o) {
        synchronized (lock) {
            if (o instanceof Full(Buffer buffer, int count) && count > 0) {
                seen++;
                buffer.recycleBuffer();
            }
        }
    }

    void negated(Object o) {
        synchronized (lock) {
            if (!(o instanceof Full(Buffer other, _))) {
                return;
            }
            other.recycleBuffer();
            seen++;
        }
    }

    void both(Object o) {
        synchronized (lock) {
            if (o instanceof Pair(Full(var a, var n), Full(var b, var _)) && n > 1) {
                a.recycleBuffer();
                b.recycleBuffer();
            } else if (o instanceof Buffer buffer && buffer.isBuffer()) {
                buffer.recycleBuffer();
            }
        }
    }

    void unnamed(List<Buffer> buffers) {
        synchronized (lock) {
            for (Buffer _ : buffers) {
                seen++;
            }
            try {
                buffers.get(0).recycleBuffer();
            } catch (IndexOutOfBoundsException _) {
                seen--;
            }
        }
    }

    void each(List<Buffer> buffers) {
        synchronized (lock) {
            for (Buffer buffer : buffers) {
                int _ = seen++;
                buffer.recycleBuffer();
            }
            buffers.forEach(_ -> seen++);
        }
    }

    /// A Markdown comment with `code`: synchronized (lock) { buffer.recycleBuffer(); }
    void text(Buffer buffer) {
        synchronized (lock) {
            String s = """
                synchronized (lock) {
                    buffer.recycleBuffer();
              } \
                tail\t""";
            buffer.recycleBuffer();
            seen += s.length();
        }
    }

    public static void main(String[] args) {
        Shape full = new Full(T.b("x"), 5);
        List<Object> all = new ArrayList<>(List.of(full, new Full(T.b("y"), 1), new Empty(), new Full(T.b("z"), 7), new Full(T.b("e"), 0)));
        all.add(new Pair(new Full(T.b("l"), 2), new Full(T.b("r"), 1)));
        all.add(new Pair(new Full(T.b("m"), 2), new Full(T.b("r"), 1)));
        all.add(new Pair(new Empty(), full));
        all.add(new Full(null, 9));
        all.add(T.b("b"));
        all.add(null);
        for (int i = 0; i < all.size(); i++) {
            Object o = all.get(i);
            Patterns p = new Patterns();
            if (!(o instanceof Buffer)) {
                Shape shape = (Shape) o;
                T.t("value " + i, () -> p.value(shape));
                T.t("statement " + i, () -> { p.statement(shape); return p.seen; });
                T.t("only " + i, () -> { p.only(shape); return p.seen; });
                T.t("colons " + i, () -> { p.colons(shape); return p.seen; });
            }
            T.t("deconstruct " + i, () -> { p.deconstruct(o); return p.seen; });
            T.t("negated " + i, () -> { p.negated(o); return p.seen; });
            T.t("both " + i, () -> { p.both(o); return p.seen; });
            T.t("seen " + i, () -> p.seen);
        }
        for (List<Buffer> buffers : List.of(List.<Buffer>of(), List.<Buffer>of(T.b("1"), T.b("2")), List.<Buffer>of(T.b("!1"), T.b("2")))) {
            Patterns p = new Patterns();
            T.t("unnamed " + buffers, () -> { p.unnamed(buffers); return p.seen; });
            T.t("each " + buffers, () -> { p.each(buffers); return p.seen; });
            T.t("seen " + buffers, () -> p.seen);
        }
        Patterns p = new Patterns();
        T.t("text", () -> { p.text(T.b("x")); return p.seen; });
        T.t("text null", () -> { p.text(null); return p.seen; });
        T.t("seen", () -> p.seen);
    }
}
