package model;

/** Stands for the class of java.util.concurrent in the programs that are run. */
public final class ReentrantLock {
    public void lock() {
        Model.enter(this);
    }

    public void unlock() {
        Model.leave(this);
    }

    public boolean isHeldByCurrentThread() {
        return Model.holds(this);
    }
}
