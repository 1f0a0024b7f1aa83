package org.apache.flink.runtime.io.network.buffer;

public interface BufferPool {
    Buffer requestBuffer();

    int getNumberOfAvailableMemorySegments();
}
