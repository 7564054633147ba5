package dev.weft.spec.poller;

import dev.weft.EventLoop;
import dev.weft.io.Poller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A poller that parks, notes its calls, and watches sources that the test makes ready. */
class TestPoller implements Poller {
    final List<String> log = new ArrayList<>();
    private final List<Runnable> sources = new ArrayList<>();
    private volatile Thread thread = Thread.currentThread();
    private volatile boolean isWoken;
    private boolean isAwaited;
    private int looks;
    private int waits;

    TestPoller() {}

    /** Makes the loop of this thread wait in such a poller. */
    static TestPoller install() {
        return EventLoop.current().poller(TestPoller.class, loop -> new TestPoller());
    }

    /** Sets whether a task waits for a source. */
    void isAwaited(boolean isAwaited) {
        this.isAwaited = isAwaited;
    }

    /** Lets a source be ready at the next poll. */
    void readyAtNextPoll(Runnable source) {
        sources.add(source);
    }

    /** Returns the number of polls that did not wait, since the previous call. */
    int looks() {
        int counted = looks;
        looks = 0;
        return counted;
    }

    /** Returns the number of polls that might wait, since the previous call. */
    int waits() {
        int counted = waits;
        waits = 0;
        return counted;
    }

    @Override
    public void poll(long nanos) {
        if (nanos == 0) {
            looks++;
        } else {
            waits++;
            park(nanos);
        }
        List<Runnable> ready = List.copyOf(sources);
        sources.clear();
        ready.forEach(Runnable::run);
    }

    private void park(long nanos) {
        thread = Thread.currentThread();
        if (!isWoken && sources.isEmpty()) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        isWoken = false;
    }

    @Override
    public void wakeup() {
        isWoken = true;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isAwaited() {
        return isAwaited;
    }

    @Override
    public void close() {
        log.add("closed on " + Thread.currentThread().getName());
    }
}
