package dev.weft.stream;

import dev.weft.AsyncFunction;
import dev.weft.Task;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a function for several elements at once, each in a task of its own. */
final class MapTasks<S, T> extends TaskSource<T> {
    private final String name;
    private final int most;
    private final boolean isOrdered;
    private final AsyncFunction<? super S, T> f;
    private final Elements elements;

    /**
     * The calls in the order of their results. If that is the order of completion, only those that
     * have ended. In front of all, a failure that overtakes; at the end, that of the source.
     */
    private final ArrayDeque<Worker> results = new ArrayDeque<>();

    /** The number of elements that were read and whose results were not taken. */
    private int used;

    private boolean isFailing;

    /** Keeps the order of the elements. */
    static <S, T> Source<T> ordered(Source<S> source, int most, AsyncFunction<? super S, T> f) {
        return new MapTasks<>("mapConcurrent", source, most, f);
    }

    /** Gives results in the order of completion. */
    static <S, T> Source<T> unordered(Source<S> source, int most, AsyncFunction<? super S, T> f) {
        return new MapTasks<>("mapUnordered", source, most, f);
    }

    private MapTasks(String name, Source<S> source, int most, AsyncFunction<? super S, T> f) {
        super(List.of(source));
        this.name = name;
        this.most = most;
        this.isOrdered = name.equals("mapConcurrent");
        this.f = f;
        this.elements = new Elements(source);
    }

    @Override
    void begin() {
        start(elements, "source of " + name);
    }

    @Override
    Object poll() throws Throwable {
        Worker result = results.peek();
        if (result == null) {
            return elements.hasEnded && used == 0 ? false : Machine.SUSPENDED;
        }
        if (!result.hasEnded) {
            return Machine.SUSPENDED;
        }
        if (result.failure != null) {
            throw result.failure;
        }
        results.remove();
        element = resultOf(result);
        used--;
        elements.wake();
        return true;
    }

    @SuppressWarnings("unchecked") // a worker without a failure is a call
    private @Nullable T resultOf(Worker worker) {
        return ((Call) worker).result;
    }

    private void fail(Worker worker) {
        boolean isFirst = !isFailing;
        isFailing = true;
        if (!isOrdered && isFirst) {
            results.addFirst(worker);
        } else if (worker == elements) {
            results.addLast(worker);
        }
    }

    private final class Elements extends Worker.Reader<S> {
        Elements(Source<S> source) {
            super(MapTasks.this, source);
        }

        @Override
        boolean hasRoom() {
            return used < most && !isFailing;
        }

        @Override
        void accept(S input) {
            used++;
            Call call = new Call(input);
            if (isOrdered) {
                results.add(call);
            }
            start(call, name);
        }

        @Override
        void ended() {
            if (failure != null) {
                fail(this);
            }
            MapTasks.this.wake();
        }
    }

    private final class Call extends Worker {
        /** Null after the call of the function. */
        private @Nullable S input;

        private @Nullable T result;

        Call(S input) {
            super(MapTasks.this);
            this.input = input;
        }

        @Override
        @SuppressWarnings("unchecked") // javac has checked the function
        @Nullable Object work(Task<?> task, @Nullable Object value, int depth) throws Throwable {
            S input = this.input;
            Object outcome;
            if (input == null) {
                outcome = Machine.resumed(value);
            } else {
                this.input = null;
                outcome = Machine.await(f.apply(input), this, task, depth);
            }
            if (outcome == null) {
                throw new NullPointerException(
                        name + ": the function's result is null, and an element is never null");
            }
            if (outcome != Machine.SUSPENDED) {
                result = (T) outcome;
            }
            return outcome;
        }

        @Override
        protected String nullAwaited() {
            return name + ": the function returned null instead of a Coroutine";
        }

        @Override
        void ended() {
            if (failure != null) {
                fail(this);
            } else if (!isOrdered) {
                results.add(this);
            }
            if (results.peek() == this) {
                MapTasks.this.wake();
            }
        }
    }
}
