package org.apache.flink.runtime.io.network.buffer;

import java.io.IOException;

public interface BufferPoolOwner {
    void releaseMemory(int count) throws IOException;
}
