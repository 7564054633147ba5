package dev.weft.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The operator that runs stages. A stage that follows is added here, as long as no element was
 * asked for, and an operator or end that follows runs the stages itself. So an element does not
 * pass through a source for each stage.
 */
final class Fused<S, T> extends Operator<S, T> {
    private Fused(Source<S> source) {
        super(source);
        if (stages == null) {
            stages = new Stages();
        }
    }

    /** Returns a source that gives what {@code stage} makes of the elements of {@code source}. */
    @SuppressWarnings("unchecked") // the stage makes elements of this type
    static <S, T> Source<T> of(Source<S> source, Stage stage) {
        Fused<?, ?> fused =
                source instanceof Fused<?, ?> before && before.isFresh()
                        ? before
                        : new Fused<S, T>(source);
        Stages stages = fused.stages;
        if (stages != null) {
            stages.add(stage);
        }
        return (Source<T>) fused;
    }

    @Override
    @SuppressWarnings("unchecked") // the last stage makes elements of this type
    Next take(S taken) {
        return give((T) taken);
    }

    /** Stages in their order. */
    static final class Stages {
        private Stage[] all = new Stage[2];
        private int count;

        private void add(Stage stage) {
            if (count == all.length) {
                all = Arrays.copyOf(all, 2 * count);
            }
            all[count++] = stage;
        }

        /** Passes an element through the stages, as {@link Stage#take}. */
        @Nullable Object take(Object element) {
            Stage[] all = this.all;
            Object taken = element;
            for (int i = 0; i < count; i++) {
                Object next = all[i].take(taken);
                if (next == null) {
                    return null;
                }
                taken = next;
            }
            return taken;
        }
    }
}
