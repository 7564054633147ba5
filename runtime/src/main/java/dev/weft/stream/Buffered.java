package dev.weft.stream;

import dev.weft.EventLoop;
import dev.weft.Handle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a source ahead, in a task of its own. A failure of the source comes after the elements. */
abstract class Buffered<S, T> extends TaskSource<T> {
    private final String name;
    private final Elements elements;

    private Buffered(String name, Source<S> source) {
        super(List.of(source));
        this.name = name;
        this.elements = new Elements(source);
    }

    /** Returns whether another element can be kept. */
    abstract boolean hasRoom();

    /** Keeps an element. */
    abstract void keep(S taken);

    /** Returns and removes the element to give next; null if there is none. */
    abstract @Nullable T remove();

    /** Called at the end of the source. */
    void sourceEnded() {}

    @Override
    final void begin() {
        start(elements, "source of " + name);
    }

    @Override
    final Object poll() throws Throwable {
        element = remove();
        if (element != null) {
            elements.wake();
            return true;
        }
        if (elements.failure != null) {
            throw elements.failure;
        }
        return elements.hasEnded ? false : Machine.SUSPENDED;
    }

    private final class Elements extends Worker.Reader<S> {
        Elements(Source<S> source) {
            super(Buffered.this, source);
        }

        @Override
        boolean hasRoom() {
            return Buffered.this.hasRoom();
        }

        @Override
        void accept(S element) {
            keep(element);
        }

        @Override
        void ended() {
            sourceEnded();
            Buffered.this.wake();
        }
    }

    /** Keeps a number of elements. */
    static final class Ahead<T> extends Buffered<T, T> {
        private final int ahead;
        private final ArrayDeque<T> kept = new ArrayDeque<>();

        Ahead(Source<T> source, int ahead) {
            super("buffer", source);
            this.ahead = ahead;
        }

        @Override
        boolean hasRoom() {
            return kept.size() < ahead;
        }

        @Override
        void keep(T taken) {
            kept.add(taken);
            wake();
        }

        @Override
        @Nullable T remove() {
            return kept.poll();
        }
    }

    /**
     * Collects elements until a time has come. What is collected is then ready to be taken, and the
     * next collection begins with the next element.
     *
     * @param <C> a collection
     */
    private abstract static class Timed<S, C> extends Buffered<S, C> {
        final Duration time;

        /** The collection that grows; null if there is none. */
        @Nullable C open;

        /** True if the time of the open collection has come, and an earlier one was not taken. */
        private boolean isDue;

        private @Nullable C ready;
        private @Nullable Handle timer;

        Timed(String name, Source<S> source, Duration time) {
            super(name, source);
            this.time = time;
        }

        final void startTimer() {
            stopTimer();
            timer = EventLoop.current().callLater(time, this::complete);
        }

        private void stopTimer() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }

        /** Ends the open collection. */
        final void complete() {
            stopTimer();
            isDue = true;
            move();
        }

        /** Returns a collection that does not grow any more. */
        abstract C completed(C collection);

        private void move() {
            C collection = open;
            if (isDue && collection != null && ready == null) {
                isDue = false;
                ready = completed(collection);
                open = null;
                wake();
            }
        }

        @Override
        final boolean hasRoom() {
            return ready == null;
        }

        @Override
        final @Nullable C remove() {
            C removed = ready;
            ready = null;
            move();
            return removed;
        }

        @Override
        final void sourceEnded() {
            if (open != null) {
                complete();
            }
        }

        @Override
        final void ended() {
            stopTimer();
        }
    }

    /** Collects windows. */
    static final class Windows<T> extends Timed<T, List<T>> {
        private final int size;

        Windows(Source<T> source, int size, Duration most) {
            super("windowTimed", source, most);
            this.size = size;
        }

        @Override
        List<T> completed(List<T> window) {
            return Collections.unmodifiableList(window);
        }

        @Override
        void keep(T taken) {
            List<T> window = open;
            if (window == null) {
                window = new ArrayList<>();
                open = window;
                startTimer();
            }
            window.add(taken);
            if (window.size() == size) {
                complete();
            }
        }
    }

    /** Keeps the last element. */
    static final class Debounced<T> extends Timed<T, T> {
        Debounced(Source<T> source, Duration quiet) {
            super("debounce", source, quiet);
        }

        @Override
        T completed(T last) {
            return last;
        }

        @Override
        void keep(T taken) {
            open = taken;
            startTimer();
        }
    }
}
