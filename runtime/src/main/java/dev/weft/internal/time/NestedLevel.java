package dev.weft.internal.time;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A level each slot of which is a level itself, the next lower one, in the making. When the base
 * moves into a slot, that level is ready: nothing is dealt but the first of its slots. Else the
 * timers of a whole second, maybe a hundred thousand, were dealt at once, and all of them late.
 */
final class NestedLevel extends Level {
    private final @Nullable Level[] inner = new Level[64];

    private NestedLevel(int index) {
        super(index, 0);
    }

    static Level at(int index) {
        return new NestedLevel(index);
    }

    @Override
    boolean isMixed(int slot) {
        return true;
    }

    @Override
    boolean isStale(int slot) {
        Level level = requireNonNull(inner[slot]);
        return level.isStale(level.first());
    }

    @Override
    long minimum(int slot) {
        Level level = requireNonNull(inner[slot]);
        return level.minimum(level.first());
    }

    @Override
    boolean append(int slot, Node timer) {
        Level level = inner(slot);
        level.append(Wheel.digit(timer.deadline, index - 1), timer);
        return use(slot);
    }

    private Level inner(int slot) {
        Level level = inner[slot];
        if (level == null) inner[slot] = level = new Level(index - 1);
        return level;
    }

    private boolean use(int slot) {
        boolean empty = (used >>> slot & 1) == 0;
        used |= 1L << slot;
        return empty;
    }

    @Override
    boolean remove(int slot, Node timer) {
        Level level = requireNonNull(inner[slot]);
        level.remove(Wheel.digit(timer.deadline, index - 1), timer);
        if (level.used != 0) return false;
        used &= ~(1L << slot);
        return true;
    }

    @Override
    Node detach(int slot) {
        Level level = requireNonNull(inner[slot]);
        Node first = level.detach(level.first());
        while (level.used != 0) splice(level.detach(level.first()), first);
        used &= ~(1L << slot);
        return first;
    }

    /** Takes the level out of a slot; an empty one, if given, is for later use there. */
    Level exchange(int slot, @Nullable Level empty) {
        Level level = requireNonNull(inner[slot]);
        inner[slot] = empty;
        used &= ~(1L << slot);
        return level;
    }

    @Override
    void absorb(int slot, Level from, int source) {
        inner(slot).absorb(Wheel.digit(from.minimum(source), index - 1), from, source);
        use(slot);
    }

    /** It is to be dealt, which costs nothing. */
    @Override
    boolean sort(int slot) {
        return false;
    }
}
