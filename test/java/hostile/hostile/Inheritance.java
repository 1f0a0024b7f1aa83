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

public class Inheritance {
    static abstract class Base {
        protected final Object lock = new Object();
        protected Buffer held;
        protected int n;
        void release() { synchronized (lock) { drop(held); held = null; after(); } }
        protected void drop(Buffer b) { if (b != null) { b.recycleBuffer(); } }
        protected void after() { n++; }
        synchronized void sync(Buffer b) { n++; finish(b); }
        private void finish(Buffer b) { b.recycleBuffer(); hook(); }
        protected abstract void hook();
    }
    static class Sub extends Base {
        @Override protected void drop(Buffer b) { T.say("sub drop " + Thread.holdsLock(lock)); super.drop(b); }
        @Override protected void hook() { T.say("hook " + Thread.holdsLock(this) + n); }
        @Override synchronized void sync(Buffer b) { super.sync(b); T.say("after " + n); }
    }
    public static void main(String[] a) {
        T.t("r", () -> { Sub s = new Sub(); s.held = T.b("x"); s.release(); s.release(); return s.n; });
        T.t("s", () -> { Sub s = new Sub(); s.sync(T.b("x")); return s.n; });
        T.t("sn", () -> { Sub s = new Sub(); try { s.sync(null); } finally { T.say(s.n); } return s.n; });
    }
}
