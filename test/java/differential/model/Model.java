package model;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * A small machine with two threads of which one runs at a time. It changes from one to the other where a schedule says
 * so: after a number of steps, and where a thread waits or ends. Locks, waiting and waking up are its own, so that the
 * same schedule gives the same run, and a run in which nobody can go on is told instead of hanging.
 */
public final class Model {
    /** Thrown in every thread once none can go on. */
    public static final class Stuck extends Error {
        private static final long serialVersionUID = 1;

        Stuck() {
            super("stuck", null, false, false);
        }
    }

    /** One lock; kept by the object it belongs to. */
    private static final class Monitor {
        Turn owner;
        int count;
        final List<Turn> waiting = new ArrayList<>();
    }

    /** A thread of the program. */
    private static final class Turn {
        final Semaphore go = new Semaphore(0);
        Monitor blockedOn;
        boolean waits;
        boolean done;
        Runnable body;
    }

    private static final int MOST_STEPS = 2_000;

    private static final Turn[] TURNS = {new Turn(), new Turn()};
    private static final Semaphore ENDED = new Semaphore(0);
    private static final Map<Object, Monitor> MONITORS = new IdentityHashMap<>();
    private static Turn current;
    private static int[] switches = {};
    private static int next;
    private static int steps;
    private static boolean stuck;

    static {
        for (Turn turn : TURNS) {
            Thread thread = new Thread(() -> live(turn));
            thread.setDaemon(true);
            thread.start();
        }
    }

    private Model() {}

    private static void live(Turn turn) {
        for (;;) {
            turn.go.acquireUninterruptibly();
            try {
                turn.body.run();
            } catch (Stuck e) {
                // The other one is told below.
            }
            turn.done = true;
            Turn other = runnable(turn);
            if (other != null) {
                hand(other);
            } else if (!allDone()) {
                stuck = true;
                hand(turn == TURNS[0] ? TURNS[1] : TURNS[0]);
            } else {
                ENDED.release();
            }
        }
    }

    /**
     * Runs two bodies.
     *
     * @param first which of them begins
     * @param at numbers of steps after which the other one goes on, ascending
     * @return how many steps there were; negative when nobody could go on
     */
    public static int run(Runnable one, Runnable two, int first, int... at) {
        MONITORS.clear();
        switches = at;
        next = 0;
        steps = 0;
        stuck = false;
        TURNS[0].body = one;
        TURNS[1].body = two;
        for (Turn turn : TURNS) {
            turn.blockedOn = null;
            turn.waits = false;
            turn.done = false;
        }
        hand(TURNS[first]);
        ENDED.acquireUninterruptibly();
        current = null;
        return stuck ? -1 - steps : steps;
    }

    private static void hand(Turn turn) {
        current = turn;
        turn.go.release();
    }

    private static boolean allDone() {
        return TURNS[0].done && TURNS[1].done;
    }

    private static Turn runnable(Turn not) {
        Turn other = not == TURNS[0] ? TURNS[1] : TURNS[0];
        if (other.done || other.waits) return null;
        return other.blockedOn == null || other.blockedOn.owner == null ? other : null;
    }

    /** A place where the other thread may go on. */
    public static void step() {
        if (current == null) return;
        Turn own = current;
        if (stuck) throw new Stuck();
        if (++steps > MOST_STEPS) {
            stuck = true;
            throw new Stuck();
        }
        if (next < switches.length && switches[next] == steps) {
            next++;
            Turn other = runnable(own);
            if (other != null) change(own, other);
        }
    }

    private static void change(Turn own, Turn other) {
        hand(other);
        own.go.acquireUninterruptibly();
        if (stuck) throw new Stuck();
    }

    /** The other thread goes on, as this one cannot. */
    private static void giveWay(Turn own) {
        Turn other = runnable(own);
        if (other == null) {
            stuck = true;
            throw new Stuck();
        }
        change(own, other);
    }

    private static Monitor monitorOf(Object object) {
        return MONITORS.computeIfAbsent(object, key -> new Monitor());
    }

    /** What leaves the lock when it is closed. */
    public static final class Held implements AutoCloseable {
        private final Object lock;

        private Held(Object lock) {
            this.lock = lock;
        }

        @Override
        public void close() {
            leave(lock);
        }
    }

    public static Held enter(Object lock) {
        if (lock == null) throw new NullPointerException();
        if (current == null) return new Held(lock);
        step();
        Monitor monitor = monitorOf(lock);
        take(monitor, 1);
        return new Held(lock);
    }

    private static void take(Monitor monitor, int count) {
        Turn own = current;
        while (monitor.owner != null && monitor.owner != own) {
            own.blockedOn = monitor;
            giveWay(own);
        }
        own.blockedOn = null;
        monitor.owner = own;
        monitor.count += count;
    }

    public static void leave(Object lock) {
        if (current == null || stuck) return;
        Monitor monitor = monitorOf(lock);
        if (monitor.owner != current) throw new IllegalMonitorStateException();
        if (--monitor.count == 0) monitor.owner = null;
        step();
    }

    public static boolean holds(Object lock) {
        return current == null || monitorOf(lock).owner == current;
    }

    public static void await(Object lock) {
        Monitor monitor = monitorOf(lock);
        if (monitor.owner != current) throw new IllegalMonitorStateException();
        Turn own = current;
        int count = monitor.count;
        monitor.owner = null;
        monitor.count = 0;
        own.waits = true;
        monitor.waiting.add(own);
        giveWay(own);
        take(monitor, count);
    }

    public static void wake(Object lock) {
        Monitor monitor = monitorOf(lock);
        if (monitor.owner != current) throw new IllegalMonitorStateException();
        for (Turn turn : monitor.waiting) turn.waits = false;
        monitor.waiting.clear();
    }
}
