package dev.weft.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a source, in their order. A stage that follows is added here, so an element does
 * not pass through a source for each stage.
 */
final class Stages {
    private Stage[] all = new Stage[2];
    private int count;

    void add(Stage stage) {
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
