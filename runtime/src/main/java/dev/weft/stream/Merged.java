package dev.weft.stream;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Function;

/** Gives the elements of several sources, which run at the same time, as they come. */
abstract class Merged<T> extends TaskSource<T> {
    /** The readers that hold an element or have failed, in the order of these events. */
    private final ArrayDeque<Worker> arrived = new ArrayDeque<>();

    /** The readers that have not ended. */
    int running;

    boolean isFailing;

    private Merged(List<? extends Source<?>> sources) {
        super(sources);
    }

    final void read(Source<? extends T> source, String name) {
        read(new Input<>(source), name);
    }

    final void read(Worker reader, String name) {
        running++;
        start(reader, name);
    }

    @Override
    @SuppressWarnings("unchecked") // only inputs arrive without a failure
    Object poll() throws Throwable {
        Worker reader = arrived.poll();
        if (reader == null) {
            return running == 0 ? false : Machine.SUSPENDED;
        }
        if (reader.failure != null) {
            throw reader.failure;
        }
        element = ((Input<? extends T>) reader).take();
        return true;
    }

    void readerEnded(Worker reader) {
        running--;
        if (reader.failure != null) {
            isFailing = true;
            arrived.add(reader);
        }
        wake();
    }

    private final class Input<E extends T> extends Worker.OneAhead<E> {
        Input(Source<E> source) {
            super(Merged.this, source);
        }

        @Override
        boolean hasRoom() {
            return super.hasRoom() && !isFailing;
        }

        @Override
        void arrived() {
            arrived.add(this);
            Merged.this.wake();
        }

        @Override
        void ended() {
            readerEnded(this);
        }
    }

    /** Merges sources that are known. */
    static final class Known<T> extends Merged<T> {
        private final List<Source<T>> inputs;

        Known(List<Source<T>> inputs) {
            super(inputs);
            this.inputs = inputs;
        }

        @Override
        void begin() {
            int number = 0;
            for (Source<T> input : inputs) {
                number++;
                read(input, "merge " + number);
            }
        }
    }

    /** Merges the streams that a function makes of the elements of a source. */
    static final class Mapped<S, T> extends Merged<T> {
        private final int most;
        private final Function<? super S, ? extends AsyncStream<? extends T>> f;
        private final Elements elements;

        Mapped(
                Source<S> source,
                int most,
                Function<? super S, ? extends AsyncStream<? extends T>> f) {
            super(List.of(source));
            this.most = most;
            this.f = f;
            this.elements = new Elements(source);
        }

        @Override
        void begin() {
            read(elements, "source of flatMapConcurrent");
        }

        @Override
        void readerEnded(Worker reader) {
            super.readerEnded(reader);
            elements.wake();
        }

        private final class Elements extends Worker.Reader<S> {
            Elements(Source<S> source) {
                super(Mapped.this, source);
            }

            /** Counts this reader, too. */
            @Override
            boolean hasRoom() {
                return running <= most && !isFailing;
            }

            @Override
            void accept(S element) {
                AsyncStream<? extends T> stream = f.apply(element);
                if (stream == null) {
                    throw new NullPointerException(
                            "flatMapConcurrent: the function returned null instead of a stream");
                }
                read(stream.take("flatMapConcurrent"), "flatMapConcurrent");
            }

            @Override
            void ended() {
                readerEnded(this);
            }
        }
    }
}
