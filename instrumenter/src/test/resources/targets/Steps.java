package targets;

import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The operands of awaits in targets, and the trace of a run. The schedule decides whether each
 * {@link #step} finishes at once, suspends first, fails, at once or after suspending, or cancels the
 * task.
 */
public final class Steps {
    /** A checked failure, so that targets meet Java's own rules for exceptions. */
    public static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        public Failure(String message) {
            super(message);
        }
    }

    public static final int SUSPENDS = 0;
    public static final int DONE = 1;
    public static final int FAILS_LATER = 2;
    public static final int FAILS = 3;
    public static final int CANCELS = 4;

    private static final int ENDLESS = 1_000;

    private static List<String> trace = new ArrayList<>();
    private static int[] schedule = {};
    private static int taken;

    private Steps() {}

    /** An awaitable of {@code value}, or of a failure, as the schedule has it. */
    public static <T> Awaitable<T> step(String name, T value) throws Failure {
        note(name);
        int turn = taken;
        switch (outcome()) {
            case DONE:
                return Coroutine.of(value);
            case FAILS:
                return Coroutine.failed(failure(name, turn));
            case FAILS_LATER:
                Promise<T> failing = new Promise<>();
                Throwable failure = failure(name, turn);
                EventLoop.current().callSoon(() -> failing.fail(failure));
                return failing;
            case CANCELS:
                Task.current().cancel();
                return Weft.sleep(Duration.ZERO, value);
            default:
                if (turn % 2 == 0) {
                    return Weft.sleep(Duration.ZERO, value);
                }
                Promise<T> pending = new Promise<>();
                EventLoop.current().callSoon(() -> pending.complete(value));
                return pending;
        }
    }

    /** A step with no value of interest. */
    public static Awaitable<Void> step(String name) throws Failure {
        return step(name, null);
    }

    /** The same as {@link #step}, as a stage. */
    public static <T> CompletionStage<T> stage(String name, T value) {
        note(name);
        int turn = taken;
        CompletableFuture<T> stage = new CompletableFuture<>();
        int outcome = outcome();
        if (isCancelled()) { // the stand-in does not know whether a stage has been pending
            outcome = outcome == FAILS || outcome == FAILS_LATER ? FAILS : DONE;
        }
        switch (outcome) {
            case DONE:
                stage.complete(value);
                break;
            case FAILS:
                stage.completeExceptionally(failure(name, turn));
                break;
            case FAILS_LATER:
                EventLoop.current()
                        .callSoon(() -> stage.completeExceptionally(failure(name, turn)));
                break;
            default:
                EventLoop.current().callSoon(() -> stage.complete(value));
                break;
        }
        return stage;
    }

    /** Leaves a word in the trace, with the method and the line that it came from. */
    public static void log(Object what) {
        note(show(what));
    }

    /** Leaves the value in the trace and returns it: shows the order of evaluation. */
    public static <T> T seen(T value) {
        note(show(value));
        return value;
    }

    /** Runs one case of a target by the schedule. The result or the exception ends the trace. */
    public static List<String> play(Method target, int[] outcomes) {
        List<String> all = new ArrayList<>();
        trace = all;
        schedule = outcomes;
        taken = 0;
        try {
            target.setAccessible(true);
            all.add("returned " + show(Weft.run(() -> call(target))));
        } catch (Throwable e) {
            all.add("threw " + show(e));
        }
        return all;
    }

    private static Coroutine<?> call(Method target) throws Exception {
        try {
            return (Coroutine<?>) target.invoke(null);
        } catch (InvocationTargetException e) {
            throw Steps.<RuntimeException>sneak(e.getCause());
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneak(Throwable exception) throws X {
        throw (X) exception;
    }

    /** Returns the number of steps of the last case. */
    public static int taken() {
        return taken;
    }

    private static boolean isCancelled() {
        return Arrays.stream(schedule).anyMatch(outcome -> outcome == CANCELS);
    }

    private static int outcome() {
        if (taken > ENDLESS) {
            throw new AssertionError("this target does not end");
        }
        int outcome = taken < schedule.length ? schedule[taken] : SUSPENDS;
        taken++;
        return outcome;
    }

    private static Throwable failure(String name, int turn) {
        switch (turn % 3) {
            case 0:
                return new Failure(name);
            case 1:
                return new IllegalStateException(name);
            default:
                return new LinkageError(name);
        }
    }

    private static void note(String what) {
        StackWalker.StackFrame from =
                StackWalker.getInstance()
                        .walk(
                                frames ->
                                        frames.filter(
                                                        f ->
                                                                !f.getClassName()
                                                                        .equals("targets.Steps"))
                                                .findFirst()
                                                .get());
        trace.add(
                what
                        + "  @"
                        + from.getClassName()
                        + "."
                        + from.getMethodName()
                        + ":"
                        + from.getLineNumber());
    }

    /** The value as text that is the same in every run. */
    public static String show(Object value) {
        if (value instanceof Throwable) {
            Throwable e = (Throwable) value;
            // What the JVM itself says names slots and class loaders.
            boolean ours = !(e instanceof NullPointerException || e instanceof ClassCastException);
            String text = e.getClass().getName() + (ours ? ": " + e.getMessage() : "");
            return e.getSuppressed().length == 0
                    ? text
                    : text + " suppressed " + show(e.getSuppressed());
        }
        if (value instanceof Object[]) {
            List<String> parts = new ArrayList<>();
            for (Object part : (Object[]) value) {
                parts.add(show(part));
            }
            return parts.toString();
        }
        if (value != null && value.getClass().isArray()) {
            String text = Arrays.deepToString(new Object[] {value});
            return text.substring(1, text.length() - 1);
        }
        if (value instanceof Double || value instanceof Float || value instanceof Long) {
            return value + value.getClass().getSimpleName().substring(0, 1);
        }
        return String.valueOf(value);
    }
}
