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

public class OwnRecycler implements BufferRecycler {
    final Object lock = new Object();
    final ArrayDeque<Object> free = new ArrayDeque<>();
    int out = 2;
    public void recycle(Object segment) {
        synchronized (lock) {
            free.add(segment);
            out--;
        }
    }
    class Own implements Buffer {
        public void recycleBuffer() { recycle(this); }
        public Buffer retainBuffer() { return this; }
        public boolean isRecycled() { return false; }
        public boolean isBuffer() { return true; }
        public int getSize() { return 1; }
        public BufferRecycler getRecycler() { return OwnRecycler.this; }
        public String toString() { return "own"; }
    }
    int back(Buffer b) {
        synchronized (lock) {
            b.recycleBuffer();
            return free.size() + 10 * out;
        }
    }
    int backAll(List<Buffer> all) {
        synchronized (lock) {
            for (Buffer b : all) {
                b.recycleBuffer();
            }
            if (out == 0) {
                free.clear();
            }
        }
        return free.size();
    }
    int last(Buffer b) {
        synchronized (lock) {
            out++;
            recycle(b);
            return out;
        }
    }
    public static void main(String[] a) {
        T.t("1", () -> { OwnRecycler p = new OwnRecycler(); return p.back(p.new Own()); });
        T.t("2", () -> { OwnRecycler p = new OwnRecycler(); return p.backAll(Arrays.asList(p.new Own(), p.new Own())); });
        T.t("3", () -> { OwnRecycler p = new OwnRecycler(); return p.last(p.new Own()); });
    }
}
