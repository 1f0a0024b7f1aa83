package org.apache.flink.util;

public final class ExceptionUtils {
    private ExceptionUtils() {}

    public static void rethrow(Throwable t) {
        if (t instanceof RuntimeException) {
            throw (RuntimeException) t;
        }
        throw new RuntimeException(t);
    }
}
