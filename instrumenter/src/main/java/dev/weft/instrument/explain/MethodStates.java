package dev.weft.instrument.explain;

import java.util.List;

/**
 * An async method or lambda as a state machine. State 0 is its start, state k its k-th await.
 *
 * @param name in the class file, {@code lambda$total$0} for a lambda
 * @param title for a reader, {@code total(Url, int)} or {@code a lambda in total}
 * @param firstLine 0 if unknown
 * @param lastLine 0 if unknown
 * @param steps the ways from state to state
 * @param note what is left out of the description; empty if nothing is
 */
public record MethodStates(
        String name,
        String title,
        int firstLine,
        int lastLine,
        boolean isGenerator,
        List<AwaitState> awaits,
        List<Step> steps,
        List<TailCall> tailCalls,
        List<Loop> loops,
        Sizes sizes,
        String note) {
    public MethodStates {
        awaits = List.copyOf(awaits);
        steps = List.copyOf(steps);
        tailCalls = List.copyOf(tailCalls);
        loops = List.copyOf(loops);
    }

    /** Returns the steps that begin at a state. */
    public List<Step> from(int state) {
        return steps.stream().filter(step -> step.from() == state).toList();
    }

    /** Returns whether this is the method of a name, or a lambda inside of that method. */
    boolean isPartOf(String method) {
        return name.equals(method) || name.startsWith("lambda$" + method + "$");
    }

    /**
     * A way from one state to the next.
     *
     * @param to {@link #END} if the method ends
     * @param onFailure whether only an exception leads there
     */
    public record Step(int from, int to, boolean onFailure) {
        /** The end of the method. */
        public static final int END = -1;

        /** Returns whether the step leads to the same or an earlier state. */
        public boolean isBack() {
            return to != END && to <= from;
        }
    }

    /**
     * A return of another coroutine, which takes this one's place.
     *
     * @param isDirect whether the body of the other method is called without a coroutine
     */
    public record TailCall(int line, String callee, boolean isDirect) {}

    /**
     * A loop of the source.
     *
     * @param states the awaits inside; a loop without one occupies the thread until it ends
     */
    public record Loop(int firstLine, int lastLine, List<Integer> states) {
        public Loop {
            states = List.copyOf(states);
        }
    }
}
