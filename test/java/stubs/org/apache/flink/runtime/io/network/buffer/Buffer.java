package org.apache.flink.runtime.io.network.buffer;

public interface Buffer {
    void recycleBuffer();

    Buffer retainBuffer();

    boolean isRecycled();

    boolean isBuffer();

    int getSize();

    BufferRecycler getRecycler();
}
