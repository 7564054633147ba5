package dev.weft.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ends of streams. */
final class Ends {
    private Ends() {}

    /** Passes each element to an action. */
    static final class ForEach<T> extends Fold<T, Void> {
        private final Consumer<? super T> action;

        ForEach(Source<T> source, Consumer<? super T> action) {
            super(source);
            this.action = action;
        }

        @Override
        Next take(T taken) {
            action.accept(taken);
            return Next.ASK;
        }

        @Override
        @Nullable Void result() {
            return null;
        }
    }

    /** Collects the elements. */
    static final class ToList<T> extends Fold<T, List<T>> {
        private final List<T> elements = new ArrayList<>();

        ToList(Source<T> source) {
            super(source);
        }

        @Override
        Next take(T taken) {
            elements.add(taken);
            return Next.ASK;
        }

        @Override
        List<T> result() {
            return Collections.unmodifiableList(elements);
        }
    }
}
