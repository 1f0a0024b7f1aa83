package org.apache.flink.runtime.io.network.buffer;

public interface BufferRecycler {
    void recycle(Object segment);
}
