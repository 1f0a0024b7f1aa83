package org.apache.flink.runtime.io.network.buffer;

public interface BufferListener {
    boolean notifyBufferAvailable(Buffer buffer);
}
