package dev.weft.spec.fuzz;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Unhandled;
import dev.weft.spec.support.Misbehaving;
import dev.weft.spec.support.Misbehaving.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** A random program whose user code misbehaves, decided by a seed, and its ledger. */
final class HostileProgram {
    private static final int ACTORS = 8;

    private final Ledger ledger = new Ledger();
    private final Random random;
    private final List<Mischief> kinds;
    private final HostileActs acts;

    HostileProgram(long seed, Set<Mischief> kinds) {
        this.random = new Random(seed);
        this.kinds = List.copyOf(kinds);
        this.acts = new HostileActs(ledger, random);
    }

    /** The exception of a future whose cancel throws. */
    static final class CancelFailure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The exception handler. It misbehaves too, if that is one of the kinds. */
    void handle(Unhandled unhandled) {
        ledger.reported(unhandled.exception());
        if (!kinds.contains(Mischief.HANDLERS)) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> ledger.schedule();
            case 1 -> Task.create(() -> sleep(ofSeconds(1)));
            case 2 -> cancelOne();
            case 3 -> throw new IllegalStateException("the handler fails");
            default -> EventLoop.current().callSoon(() -> cancelOne());
        }
    }

    private void cancelOne() {
        List<Task<?>> tasks = ledger.tasks();
        if (!tasks.isEmpty()) {
            tasks.get(random.nextInt(tasks.size())).cancel("at random");
        }
    }

    /** Starts actors, cancels some of them, and looks at the outcome of each. */
    @Async
    Coroutine<Void> main() {
        List<Task<Void>> actors = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            actors.add(Task.create(() -> actor()));
            if (random.nextBoolean()) {
                await(iterations(1 + random.nextInt(2)));
            }
            if (random.nextInt(4) == 0) {
                actors.get(random.nextInt(actors.size())).cancel("by main");
            }
        }
        for (Task<Void> actor : actors) {
            Throwable thrown = await(thrownBy(actor));
            if (thrown instanceof AssertionError violation) {
                throw violation;
            }
        }
        await(iterations(5));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> actor() throws Exception {
        ledger.started(Task.current());
        try {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                ledger.schedule();
                await(act());
            }
        } finally {
            ledger.ended();
        }
        return Coroutine.done();
    }

    private Coroutine<?> act() throws TimeoutException {
        if (kinds.isEmpty() || random.nextInt(3) == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> sleep(ofSeconds(random.nextInt(3)));
                case 1 -> timeout(ofSeconds(1), sleep(ofSeconds(random.nextInt(3))));
                default -> iterations(random.nextInt(3));
            };
        }
        return switch (kinds.get(random.nextInt(kinds.size()))) {
            case EXCEPTIONS -> failsInSomeWay(Misbehaving.exception(randomMethod()));
            case HANDLERS -> failsInSomeWay(new IllegalStateException("reported"));
            case FUTURES -> awaitsAFutureThatCannotBeCancelled();
            case CALLBACKS -> acts.callbacksWhoseEqualsThrows();
            case COLLECTIONS -> acts.misbehavingCollection();
            case SUPPLIERS -> acts.reenteringSuppliers();
        };
    }

    private Method randomMethod() {
        Method[] methods = Method.values();
        return methods[random.nextInt(methods.length)];
    }

    @Async
    private Coroutine<Void> failsInSomeWay(RuntimeException failure) {
        switch (random.nextInt(4)) {
            case 0 -> {
                ledger.expectReport(failure);
                Task.create(() -> failsAfterASuspension(failure));
            }
            case 1 -> {
                // Not looked at, and reported, if a cancellation comes when the child has failed.
                ledger.allowReport(failure);
                Task<Void> child = Task.create(() -> failsAfterASuspension(failure));
                assertSame(await(thrownBy(child)), failure);
                ledger.forbidReport(failure);
            }
            case 2 -> {
                ledger.expectReport(failure);
                EventLoop.current().callSoon(() -> throwing(failure));
            }
            default -> assertSame(await(thrownBy(groupThatFails(failure))), failure);
        }
        return Coroutine.done();
    }

    private static void throwing(RuntimeException failure) {
        throw failure;
    }

    @Async
    private static Coroutine<Void> failsAfterASuspension(RuntimeException failure) {
        await(iterations(1));
        throw failure;
    }

    private static Coroutine<Void> groupThatFails(RuntimeException failure) {
        return TaskGroup.scope(
                group -> {
                    group.create(() -> failsAfterASuspension(failure));
                    return sleep(ofSeconds(9));
                });
    }

    /** A cancellation may come first, but no other exception. */
    private static void assertSame(Throwable thrown, Throwable expected) {
        if (thrown instanceof CancelledError cancelled) {
            throw cancelled;
        }
        assertThat(thrown == expected).as("the very exception arrives").isTrue();
    }

    @Async
    private Coroutine<Void> awaitsAFutureThatCannotBeCancelled() {
        CompletableFuture<Void> future =
                new CompletableFuture<>() {
                    @Override
                    public boolean cancel(boolean mayInterruptIfRunning) {
                        ledger.expectCancelFailure();
                        throw new CancelFailure();
                    }
                };
        Promise<Void> go = new Promise<>();
        Task<Void> child = Task.create(() -> Coroutine.of(await(future)));
        boolean cancels = random.nextBoolean();
        EventLoop.current().callSoon(() -> go.complete(null));
        try {
            await(go);
            if (cancels) {
                child.cancel("from outside");
            }
        } finally {
            future.complete(null);
        }
        Throwable thrown = await(thrownBy(child));
        assertThat(thrown == null || thrown instanceof CancelledError).isTrue();
        return Coroutine.done();
    }
}
