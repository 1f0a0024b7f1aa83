package org.apache.flink.runtime.io.network.partition;

public interface BufferAvailabilityListener {
    void notifyDataAvailable();
}
