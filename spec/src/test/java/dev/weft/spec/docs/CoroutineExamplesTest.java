package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.TaskLocal;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples for coroutines, tasks and groups. */
class CoroutineExamplesTest {
    private final List<String> log = new ArrayList<>();

    @Async
    static Coroutine<Integer> price(String of) {
        await(sleep(ofSeconds(3)));
        return Coroutine.of(of.equals("GOOG") ? 300 : 400);
    }

    @Async
    static Coroutine<Integer> total() {
        List<Integer> prices = await(gather(price("GOOG"), price("APPL"))); // at the same time
        return Coroutine.of(prices.get(0) + prices.get(1));
    }

    @Test
    void theExampleOfWeft() {
        VirtualTime.run(
                () -> {
                    assertThat(await(total())).isEqualTo(700);
                    assertThat(elapsed()).isEqualTo(ofSeconds(3));
                    return Coroutine.done();
                });
    }

    @Async
    Coroutine<String> greet(String name) {
        log.add("greeting " + name);
        await(sleep(ofSeconds(1)));
        return Coroutine.of("Hello " + name);
    }

    @Test
    void theExampleOfCoroutine() {
        VirtualTime.run(
                () -> {
                    Coroutine<String> greeting = greet("Ada"); // nothing of it has run yet
                    log.add("made");
                    String text = await(greeting); // now it runs, as part of this task
                    assertThat(text).isEqualTo("Hello Ada");
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("made", "greeting Ada");
    }

    @Test
    void theExampleOfTask() {
        VirtualTime.run(
                () -> {
                    Task<Integer> goog = Task.create(price("GOOG")); // starts when this suspends
                    Task<Integer> appl = Task.create("apple", price("APPL")); // at the same time
                    int sum = await(goog) + await(appl);
                    assertThat(sum).isEqualTo(700);
                    assertThat(appl.name()).isEqualTo("apple");
                    assertThat(elapsed()).isEqualTo(ofSeconds(3));
                    return Coroutine.done();
                });
    }

    static Coroutine<Integer> sum(String one, String other) {
        return TaskGroup.scope(
                group -> {
                    Task<Integer> first = group.create(price(one));
                    Task<Integer> second = group.create(price(other)); // if it fails, all end
                    return Coroutine.of(await(first) + await(second));
                });
    }

    @Test
    void theExampleOfTaskGroup() {
        assertThat(VirtualTime.<Integer>run(() -> sum("GOOG", "APPL"))).isEqualTo(700);
    }

    @Async
    Coroutine<Void> transfer() {
        log.add("taken");
        try {
            await(sleep(ofSeconds(5)));
            log.add("given");
        } catch (CancelledError cancelled) {
            await(putBack()); // a clean-up may await
            throw cancelled; // and the task ends as cancelled
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> putBack() {
        await(sleep(ofSeconds(1)));
        log.add("put back");
        return Coroutine.done();
    }

    @Test
    void theExampleOfCancelledError() {
        VirtualTime.run(
                () -> {
                    Task<Void> transfer = Task.create(transfer());
                    await(sleep(ofSeconds(1)));
                    transfer.cancel();
                    assertThat(await(thrownBy(transfer))).isInstanceOf(CancelledError.class);
                    assertThat(transfer.cancelled()).isTrue();
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("taken", "put back");
    }

    private static final TaskLocal<String> USER = TaskLocal.create();

    static Coroutine<String> serve(String user) {
        return USER.where(user, () -> welcome());
    }

    @Async
    private static Coroutine<String> welcome() {
        await(sleep(ofSeconds(1))); // others run meanwhile, each with its own user
        return Coroutine.of("Welcome, " + USER.get());
    }

    @Test
    void theExampleOfTaskLocal() {
        VirtualTime.run(
                () -> {
                    assertThat(await(gather(serve("Ada"), serve("Bob"))))
                            .containsExactly("Welcome, Ada", "Welcome, Bob");
                    assertThat(USER.get()).isNull();
                    return Coroutine.done();
                });
    }
}
