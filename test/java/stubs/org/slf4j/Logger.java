package org.slf4j;

public interface Logger {
    void debug(String text, Object argument);

    void warn(String text, Throwable cause);
}
