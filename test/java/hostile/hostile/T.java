package hostile;
import org.apache.flink.runtime.io.network.buffer.*;
import org.apache.flink.runtime.io.network.partition.*;
import java.util.*;
/** Writes down what a program calls, returns and throws; the buffer {@code "!x"} throws, and one whose name ends in e is no buffer. */
public class T {
    public static final List<String> log = Collections.synchronizedList(new ArrayList<>());
    public static void say(Object o) { log.add(String.valueOf(o)); }
    public static class B implements Buffer {
        public final String n; boolean rec; public Runnable peek;
        public B(String n) { this.n = n; }
        public void recycleBuffer() { say("recycle " + n + (rec ? " TWICE" : "")); rec = true; if (peek != null) peek.run(); if (n.startsWith("!")) throw new IllegalStateException(n); }
        public Buffer retainBuffer() { say("retain " + n); return this; }
        public boolean isRecycled() { return rec; }
        public boolean isBuffer() { return !n.endsWith("e"); }
        public int getSize() { return n.length(); }
        public BufferRecycler getRecycler() { return s -> say("recycler " + s); }
        public String toString() { return n; }
    }
    public static B b(String n) { return new B(n); }
    public interface Body { Object run() throws Throwable; }
    public static void t(String name, Body body) {
        Object r;
        try { r = body.run(); } catch (Throwable e) { r = e.getClass().getSimpleName() + ":" + (e instanceof NullPointerException ? "" : e.getMessage()) + Arrays.toString(e.getSuppressed()); }
        System.out.println(name + " -> " + r + " " + log); log.clear();
    }
}
