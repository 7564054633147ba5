package dev.weft.net;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.observe.Wait;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is tried until it succeeds. Between two attempts its task is suspended, until
 * {@link #wake} is called.
 *
 * <p>The methods are called in this order: {@code enter}, once; {@code attempt}; then, as long as
 * the result is {@link #PENDING}, {@code arm}, {@code disarm} and {@code attempt} again. {@code
 * leave} ends an operation that had to wait; {@code cancelled} comes before it if a cancellation
 * has ended the wait.
 */
abstract class Waiting<T> extends Coroutine<T> {
    /** The result of an attempt that has to be repeated. */
    static final Object PENDING = new Object();

    /** The task of an operation that had to wait; null before. */
    private @Nullable Task<?> task;

    /**
     * The flags below, and above them the tenth of a second in which the wait began. One field,
     * because an idle connection should need few bytes.
     */
    private int status;

    /** Set between {@link #arm} and {@link #disarm}. */
    private static final int ARMED = 1;

    /** Set if no further attempt follows. */
    private static final int OVER = 2;

    private static final int FLAG_BITS = 2;

    /** Checks that the operation may begin. */
    abstract void enter(Task<?> task) throws IOException;

    /** Returns the budget of the loop. */
    abstract Budget budget();

    /** Records that this waits, so that no other task does. */
    abstract void occupy();

    /** Returns the result or {@link #PENDING}. */
    abstract @Nullable Object attempt(Task<?> task) throws IOException;

    /** Requests a {@link #wake} when another attempt may succeed. */
    abstract void arm();

    /** Takes the request back. */
    abstract void disarm();

    /** Takes back {@link #occupy}. */
    abstract void leave();

    /** Called when a cancellation has ended the wait. */
    void cancelled() {}

    /** Returns what this does, such as "read of 127.0.0.1:5432". */
    abstract String description();

    @Override
    protected final Wait waitsFor() {
        int tenths = ((Machine.coarseTime() << FLAG_BITS) - status) >> FLAG_BITS;
        return Wait.of(description() + ", " + Math.max(0, tenths) / 10 + " s");
    }

    private boolean has(int flag) {
        return (status & flag) != 0;
    }

    private void set(int flag, boolean on) {
        status = on ? status | flag : status & ~flag;
    }

    @Override
    protected final @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        if (this.task == null) {
            enter(task);
            if (!budget().take()) {
                begin(task);
                return Machine.giveTurn(this, task);
            }
        } else {
            resume(value);
        }
        Object result;
        try {
            result = attempt(task);
        } catch (Throwable failure) {
            end();
            throw failure;
        }
        if (result == PENDING) {
            begin(task);
            Object suspended = Machine.park(this, task);
            set(ARMED, true);
            arm(); // may call wake, so the task is parked before
            return suspended;
        }
        end();
        return result;
    }

    private void begin(Task<?> task) {
        if (this.task == null) {
            this.task = task;
            status = Machine.coarseTime() << FLAG_BITS;
            occupy();
        }
    }

    private void resume(@Nullable Object value) {
        try {
            Machine.resumed(value);
        } catch (Throwable cancellation) {
            interrupted();
            cancelled();
            end();
            throw cancellation;
        }
    }

    private void end() {
        set(OVER, true);
        if (task != null) {
            leave();
        }
    }

    /**
     * Lets the task try again. Has no effect on an operation that does not wait. Returns whether
     * another attempt follows.
     */
    boolean wake() {
        if (has(ARMED) && task != null) {
            set(ARMED, false);
            disarm();
            Machine.unpark(task);
        }
        return !has(OVER);
    }

    @Override
    protected final void interrupted() {
        if (has(ARMED)) {
            set(ARMED, false);
            disarm();
        }
    }

    /**
     * Lets virtual time stand still, because something outside of the loop will call {@link #wake};
     * or takes that back. Called in {@link #arm} and {@link #disarm}.
     */
    final void countOutside(boolean on) {
        if (task == null) {
            return;
        }
        if (on) {
            Machine.awaitOutside(task);
        } else {
            Machine.outsideEnded(task);
        }
    }

    /**
     * Creates the exception for a task that comes while this waits, such as "task A cannot read: B
     * reads this stream".
     */
    final IllegalStateException busy(Task<?> other, String verb, String doesWhat) {
        return new IllegalStateException(
                "task " + other.name() + " cannot " + verb + ": " + taskName() + " " + doesWhat);
    }

    /** Returns the name of the task that waits, for messages. */
    String taskName() {
        return task == null ? "another task" : task.name();
    }

    /** Returns an address in a short form; "memory" for null. */
    static String text(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            String host = inet.getHostString();
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
        }
        return address == null ? "memory" : address.toString();
    }

    /** Returns a number in a form that needs no box. */
    static Object unboxed(int value, Task<?> task) {
        return Machine.ofInt(value, task);
    }

    /** Returns whether {@code loop} has closed for good. */
    static boolean isClosed(EventLoop loop) {
        return Machine.isClosed(loop);
    }
}
