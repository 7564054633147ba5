package dev.weft.stream;

import dev.weft.Coroutine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A generator whose body runs on another thread, but only while an element is asked for. The tests
 * rename the body and call {@link #of} in its place.
 */
public final class Generator<T> extends AsyncStream<T> {
    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(
                    body -> {
                        Thread thread = new Thread(body);
                        thread.setDaemon(true);
                        return thread;
                    });

    private static final ThreadLocal<Generator<Object>> CURRENT = new ThreadLocal<>();

    /** Those that have begun and not ended. */
    private static final Deque<Generator<?>> OPEN = new ArrayDeque<>();

    private static final class Closed extends Throwable {
        private static final long serialVersionUID = 1;

        Closed() {
            super("the stream is closed");
        }
    }

    private final Method body;
    private final Object self;
    private final Object[] arguments;
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore answered = new Semaphore(0);
    private boolean hasBegun;
    private boolean hasEnded;
    private Object element;
    private Throwable failure;
    private Closed closed;

    Generator(Method body, Object self, Object[] arguments) {
        this.body = body;
        this.self = self;
        this.arguments = arguments;
    }

    /** Returns the stream of the body with this name and descriptor. */
    public static <T> AsyncStream<T> of(
            Class<?> owner, String name, String descriptor, Object self, Object[] arguments) {
        for (Method method : owner.getDeclaredMethods()) {
            if (method.getName().equals(name)
                    && method.getReturnType() == Object.class
                    && descriptor(method).equals(descriptor)) {
                method.setAccessible(true);
                return new Generator<>(method, self, arguments);
            }
        }
        throw new NoSuchMethodError(name + descriptor);
    }

    private static String descriptor(Method method) {
        StringBuilder all = new StringBuilder("(");
        for (Class<?> parameter : method.getParameterTypes()) {
            all.append(parameter.descriptorString());
        }
        return all.append(")").toString();
    }

    /** Closes the generators that are left, the newest first. */
    public static void closeAll() {
        while (!OPEN.isEmpty()) {
            try {
                OPEN.getLast().close();
            } catch (Throwable reported) {
                // as Runner.close does
            }
        }
    }

    static Generator<Object> current() {
        return CURRENT.get();
    }

    // ---- on the thread of the body

    @SuppressWarnings("unchecked")
    private void run() {
        CURRENT.set((Generator<Object>) this);
        try {
            asked.acquireUninterruptibly();
            if (body.invoke(self, arguments) != END) {
                throw new IllegalStateException("a generator returned another stream");
            }
        } catch (InvocationTargetException e) {
            failure = e.getCause();
        } catch (Throwable e) {
            failure = e;
        } finally {
            CURRENT.remove();
            hasEnded = true;
            answered.release();
        }
    }

    void give(T value) {
        if (value == null) {
            throw new NullPointerException("emit(null): an element is never null");
        }
        if (closed != null) {
            throw new IllegalStateException("emit while the stream is being closed");
        }
        element = value;
        answered.release();
        asked.acquireUninterruptibly();
        if (closed != null) {
            throw Generator.<RuntimeException>sneak(closed);
        }
    }

    // ---- on the thread of the reader

    @Override
    public Coroutine<Boolean> hasNext() {
        if (!hasEnded && element == null) {
            if (!hasBegun) {
                hasBegun = true;
                OPEN.addLast(this);
                THREADS.execute(this::run);
            }
            resume();
            throwFailure();
        }
        return Coroutine.of(element != null);
    }

    private void resume() {
        asked.release();
        answered.acquireUninterruptibly();
        if (hasEnded) {
            OPEN.remove(this);
        }
    }

    private void throwFailure() {
        Throwable thrown = failure;
        failure = null;
        if (thrown != null) {
            throw Generator.<RuntimeException>sneak(thrown);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public T next() {
        Object next = element;
        if (next == null) {
            throw new NoSuchElementException(
                    "next() without an awaited hasNext() that returned true");
        }
        element = null;
        return (T) next;
    }

    @Override
    public Coroutine<Void> closeAsync() {
        close();
        return Coroutine.done();
    }

    private void close() {
        element = null;
        if (hasBegun && !hasEnded) {
            closed = new Closed();
            resume();
            if (failure == closed) {
                failure = firstSuppressed(closed);
            }
            throwFailure();
        }
        hasEnded = true;
    }

    private static Throwable firstSuppressed(Throwable closed) {
        Throwable first = null;
        for (Throwable suppressed : closed.getSuppressed()) {
            if (first == null) {
                first = suppressed;
            } else {
                first.addSuppressed(suppressed);
            }
        }
        return first;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneak(Throwable exception) throws X {
        throw (X) exception;
    }
}
