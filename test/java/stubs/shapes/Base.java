package shapes;

import org.apache.flink.runtime.io.network.buffer.Buffer;

/** What the shapes inherit: nothing of it is in their files. */
public class Base {
    protected final Object inheritedLock = new Object();

    protected void notifyChannelNonEmpty() {}

    protected void work(Object what) {}

    protected Buffer convert(Buffer buffer) {
        return buffer;
    }
}
