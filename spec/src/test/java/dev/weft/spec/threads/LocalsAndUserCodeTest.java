package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 35: task-locals in a loop inside blocking work, and in suppliers of initial values. */
@Timeout(30)
class LocalsAndUserCodeTest {
    private final TaskLocal<String> user = TaskLocal.create();

    @Test
    void theTasksOfALoopInsideBlockingWorkHaveValuesOfTheirOwn() {
        List<String> seen = VirtualTime.run(() -> Coroutine.of(await(blocking(this::serveTwo))));

        assertThat(seen).containsExactly("Ada", "Bob");
    }

    /** Serves two users at once on a loop of its own, as a synchronous facade does. */
    private List<String> serveTwo() {
        return Weft.run(() -> Coroutine.of(await(gather(serve("Ada"), serve("Bob")))));
    }

    @Async
    private Coroutine<String> serve(String name) {
        user.set(name);
        await(sleep(ZERO));
        return Coroutine.of(user.get());
    }

    @Test
    void aLoopInsideBlockingWorkDoesNotChangeTheValuesOfTheWork() {
        VirtualTime.run(
                () -> {
                    user.set("outer");
                    String after =
                            await(
                                    blocking(
                                            () -> {
                                                serveTwo();
                                                return user.get();
                                            }));
                    assertThat(after).isEqualTo("outer");
                    assertThat(user.get()).isEqualTo("outer");
                    return Coroutine.done();
                });
    }

    @Test
    void aSupplierOfAnInitialValueMayUseAnotherLocal() {
        AtomicInteger made = new AtomicInteger();
        TaskLocal<Integer> requestId = TaskLocal.withInitial(made::incrementAndGet);
        TaskLocal<String> logger = TaskLocal.withInitial(() -> "request " + requestId.get());
        VirtualTime.run(
                () -> {
                    assertThat(logger.get()).isEqualTo("request 1");
                    assertThat(requestId.get()).isEqualTo(1);
                    assertThat(logger.get()).isEqualTo("request 1");
                    return Coroutine.done();
                });
        assertThat(made).hasValue(1);
    }

    @Test
    void aSupplierOfAnInitialValueMaySetAnotherLocal() {
        TaskLocal<String> derived =
                TaskLocal.withInitial(
                        () -> {
                            user.set("set by the supplier");
                            return "derived";
                        });
        VirtualTime.run(
                () -> {
                    assertThat(derived.get()).isEqualTo("derived");
                    assertThat(user.get()).isEqualTo("set by the supplier");
                    return Coroutine.done();
                });
    }

    @Test
    void aSupplierThatThrowsSetsNothingAndIsCalledAgain() {
        AtomicInteger calls = new AtomicInteger();
        TaskLocal<String> local =
                TaskLocal.withInitial(
                        () -> {
                            if (calls.incrementAndGet() == 1) {
                                throw new IllegalStateException("first call");
                            }
                            return "value";
                        });
        VirtualTime.run(
                () -> {
                    Throwable thrown =
                            await(thrownBy(Coroutine.from(() -> Coroutine.of(local.get()))));
                    assertThat(thrown).hasMessage("first call");
                    assertThat(local.get()).isEqualTo("value");
                    return Coroutine.done();
                });
    }
}
