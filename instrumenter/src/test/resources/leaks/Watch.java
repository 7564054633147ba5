package leaks;

import dev.weft.Async;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Objects that know how long the source needs them, and moments at which that is checked: at moment
 * n those that were needed until moment n or later must be there, and the others must be gone.
 */
public final class Watch {
    private static final int PATIENCE = 30;

    private record Watched(String name, int neededUntil, WeakReference<Object> object) {
        boolean leaks(int moment) {
            return neededUntil < moment && object.get() != null;
        }

        boolean isMissing(int moment) {
            return neededUntil >= moment && object.get() == null;
        }
    }

    private static final List<Watched> ALL = new ArrayList<>();
    private static final List<String> PROBLEMS = new ArrayList<>();
    private static int moments;
    private static Object last;
    private static Runnable inspection = () -> {};

    private Watch() {}

    /** An object that the source reads for the last time after that moment and before the next. */
    static Object needed(int until, String name) {
        return needed(until, name, new Object());
    }

    /** The same, of a type of one's own. */
    static <T> T needed(int until, String name, T object) {
        ALL.add(new Watched(name, until, new WeakReference<>(object)));
        return object;
    }

    /** Reads the value. */
    static void use(Object object) {
        last = object;
        last = null;
    }

    /** Suspends the awaiter until the next moment. */
    static Awaitable<Object> park() {
        return park(() -> null);
    }

    /** The same, and then gives the value. */
    static <T> Awaitable<T> park(Supplier<T> value) {
        Promise<T> promise = new Promise<>();
        EventLoop.current()
                .callSoon(
                        () -> {
                            check("parked");
                            promise.complete(value.get());
                        });
        return promise;
    }

    /** The same, and then fails. */
    static Awaitable<Object> parkAndFail(Supplier<RuntimeException> failure) {
        Promise<Object> promise = new Promise<>();
        EventLoop.current()
                .callSoon(
                        () -> {
                            check("parked");
                            promise.fail(failure.get());
                        });
        return promise;
    }

    /** The next moment comes while the caller runs. */
    static void whileItRuns() {
        check("running");
    }

    private static void check(String doing) {
        int moment = ++moments;
        for (int i = 0; i < PATIENCE && ALL.stream().anyMatch(w -> w.leaks(moment)); i++) {
            System.gc();
        }
        inspection.run();
        for (Watched watched : ALL) {
            if (watched.leaks(moment)) {
                PROBLEMS.add(watched.name + " is kept alive while " + doing + " (" + moment + ")");
            } else if (watched.isMissing(moment)) {
                PROBLEMS.add(watched.name + " is lost while " + doing + " (" + moment + ")");
            }
        }
    }

    /**
     * Plays a case as a task, and keeps the coroutine and the task after their end.
     *
     * @param inspected called at each moment
     * @return the problems
     */
    public static List<String> play(Supplier<Coroutine<Object>> target, Runnable inspected) {
        ALL.clear();
        PROBLEMS.clear();
        moments = 0;
        inspection = inspected;
        Coroutine<Object> coroutine = target.get();
        List<Task<Object>> task = new ArrayList<>();
        try (var runner = Weft.runner().virtualTime()) {
            runner.run(toTheEnd(coroutine, task));
            int seen = moments;
            moments = Integer.MAX_VALUE - 1;
            check("ended");
            Reference.reachabilityFence(coroutine);
            Reference.reachabilityFence(task);
            if (seen == 0 || ALL.isEmpty()) {
                PROBLEMS.add("nothing was checked");
            }
        }
        return List.copyOf(PROBLEMS);
    }

    @Async
    private static Coroutine<Void> toTheEnd(
            Coroutine<Object> coroutine, List<Task<Object>> holder) {
        holder.add(Task.create(coroutine));
        try {
            Weft.await(holder.get(0));
        } catch (IllegalStateException expected) {
            // a case may fail
        }
        return Coroutine.done();
    }
}
