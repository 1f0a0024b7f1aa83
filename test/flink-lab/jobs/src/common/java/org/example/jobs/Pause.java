package org.example.jobs;

/** Takes that many milliseconds per record. */
final class Pause implements Api.Consumer {
    private final long millis;

    Pause(long millis) {
        this.millis = millis;
    }

    @Override
    public void accept(Object record) throws InterruptedException {
        Thread.sleep(millis);
    }
}
