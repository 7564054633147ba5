package dev.weft.stream;

import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/** The end of a stream: takes all elements, gives none, and has a result. */
abstract class Fold<S, R> extends Operator<S, Object> {
    Fold(Source<S> source) {
        super(source);
    }

    /** Returns the result, after the end. */
    abstract @Nullable R result() throws Exception;

    /** Returns a coroutine that reads the stream to its end, closes it, and has the result. */
    final Coroutine<R> run() {
        return new Run<>(this);
    }

    private static final class Run<R> extends Coroutine<R> {
        private final Fold<?, R> fold;
        private boolean hasBegun;

        Run(Fold<?, R> fold) {
            this.fold = fold;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws Exception {
            Object more;
            if (hasBegun) {
                more = Machine.resumed(value);
            } else {
                hasBegun = true;
                more = fold.ask(this, task, Machine.deeper(depth));
            }
            return more == Machine.SUSPENDED ? more : fold.result();
        }
    }
}
