package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Collected;
import dev.weft.spec.support.NotInDebuggerMode;
import dev.weft.spec.support.NotInDebuggerMode.Difference;
import dev.weft.sync.AsyncEvent;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import dev.weft.sync.QueueShutdownException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Awaits of the calls that the compiler replaces together with their await. */
class CompiledCallsTest {
    private static final int MESSAGES = 100_000;

    private final AsyncQueue<Object> queue = new AsyncQueue<>(1);
    private final List<WeakReference<Object>> references = new ArrayList<>();

    @Test
    void aMissingPrimitiveIsNamed() {
        AsyncQueue<Object> none = null;
        AsyncLock noLock = null;
        AsyncSemaphore noSemaphore = null;
        AsyncEvent noEvent = null;
        VirtualTime.run(
                () -> {
                    List<String> messages = new ArrayList<>();
                    try {
                        await(none.get());
                    } catch (NullPointerException missing) {
                        messages.add(missing.getMessage());
                    }
                    try {
                        await(none.put("x"));
                    } catch (NullPointerException missing) {
                        messages.add(missing.getMessage());
                    }
                    try {
                        await(noLock.acquire());
                    } catch (NullPointerException missing) {
                        messages.add(missing.getMessage());
                    }
                    try {
                        await(noSemaphore.acquire(2));
                    } catch (NullPointerException missing) {
                        messages.add(missing.getMessage());
                    }
                    try {
                        await(noEvent.waitFor());
                    } catch (NullPointerException missing) {
                        messages.add(missing.getMessage());
                    }
                    assertThat(messages)
                            .hasSize(5)
                            .allMatch(
                                    message ->
                                            message.startsWith("Cannot invoke \"dev.weft.sync."));
                    return Coroutine.done();
                });
    }

    @Test
    void nullIsNoItem() {
        assertThat(VirtualTime.failureOf(() -> putNull(queue)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("item");
    }

    @Async
    private static Coroutine<Void> putNull(AsyncQueue<Object> queue) {
        await(queue.put(null));
        return Coroutine.done();
    }

    @Test
    void aFailureAtOnceHasTheTraceOfAStoredCoroutine() {
        List<List<StackTraceElement>> traces = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    queue.shutdown(true);
                    for (int i = 0; i < 2; i++) {
                        Throwable failure = await(thrownBy(gets(queue, i == 0)));
                        assertThat(failure).isInstanceOf(QueueShutdownException.class);
                        traces.add(List.of(failure.getStackTrace()));
                    }
                    return Coroutine.done();
                });
        assertThat(traces.get(0)).isEqualTo(traces.get(1));
    }

    @Test
    void aFailureAfterAWaitHasTheTraceOfAStoredCoroutine() {
        List<List<StackTraceElement>> traces = new ArrayList<>();
        for (boolean stored : new boolean[] {false, true}) {
            AsyncQueue<Object> own = new AsyncQueue<>();
            VirtualTime.run(
                    () -> {
                        Task<Object> getter = Task.create("getter", () -> gets(own, stored));
                        await(iterations(2));
                        List<StackTraceElement> stack = new ArrayList<>(getter.stack());
                        own.shutdown(false);
                        Throwable failure = await(thrownBy(getter));
                        stack.addAll(List.of(failure.getStackTrace()));
                        traces.add(stack);
                        return Coroutine.done();
                    });
        }
        assertThat(traces.get(0)).isEqualTo(traces.get(1));
    }

    @Async
    private static Coroutine<Object> gets(AsyncQueue<Object> queue, boolean stored) {
        Coroutine<Object> get = stored ? queue.get() : null;
        return Coroutine.of(get == null ? await(queue.get()) : await(get));
    }

    @Test
    void anUnusedWaiterKeepsNeitherTasksNorItemsAlive() {
        VirtualTime.run(() -> exchange(queue));
        assertThat(references).hasSize(4);
        for (WeakReference<Object> reference : references) {
            Collected.assertCollected("a task or an item", reference);
        }
    }

    @Async
    private Coroutine<Void> exchange(AsyncQueue<Object> queue) {
        Task<Void> sender = Task.create(() -> send(queue));
        Task<Void> receiver = Task.create(() -> receive(queue));
        references.add(new WeakReference<>(sender));
        references.add(new WeakReference<>(receiver));
        await(sender);
        await(receiver);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> send(AsyncQueue<Object> queue) {
        await(iterations(1)); // the receiver waits
        for (int i = 0; i < 2; i++) {
            Object item = new Object();
            references.add(new WeakReference<>(item));
            await(queue.put(item));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> receive(AsyncQueue<Object> queue) {
        await(queue.get());
        await(iterations(2)); // the sender waits
        await(queue.get());
        return Coroutine.done();
    }

    @Test
    @NotInDebuggerMode(Difference.FRAMES_ON_THE_STACK)
    void messagesAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long[] bytes = new long[1];
        Weft.run(
                () -> {
                    for (int i = 0; i < 3; i++) {
                        long before = threads.getThreadAllocatedBytes(id);
                        Task<Void> sender = Task.create(() -> sendMany(queue));
                        await(receiveMany(queue));
                        await(sender);
                        bytes[0] = threads.getThreadAllocatedBytes(id) - before;
                    }
                    return Coroutine.done();
                });
        assertThat(bytes[0]).as("bytes for %d messages", MESSAGES).isLessThan(MESSAGES);
    }

    @Async
    private static Coroutine<Void> sendMany(AsyncQueue<Object> queue) {
        for (int i = 0; i < MESSAGES; i++) {
            await(queue.put(queue));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> receiveMany(AsyncQueue<Object> queue) {
        for (int i = 0; i < MESSAGES; i++) {
            await(queue.get());
        }
        return Coroutine.done();
    }
}
