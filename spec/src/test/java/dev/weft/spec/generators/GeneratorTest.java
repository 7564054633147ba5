package dev.weft.spec.generators;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.junit.VirtualTime;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** A generator runs from emit to emit, in the task that asks. */
class GeneratorTest {
    private final List<String> log = new ArrayList<>();

    @Async
    private AsyncStream<Integer> seconds(int count) {
        log.add("begin");
        for (int i = 1; i <= count; i++) {
            await(sleep(ofSeconds(1)));
            emit(i);
        }
        log.add("end");
        return AsyncStream.end();
    }

    @Test
    void nothingRunsUntilAnElementIsAskedFor() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = seconds(1);
                    log.add("made");
                    while (await(stream.hasNext())) {
                        log.add(stream.next() + " at " + VirtualTime.elapsed());
                    }
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("made", "begin", "1 at PT1S", "end");
    }

    @Test
    void hasNextMayBeCalledAgainBeforeNext() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = seconds(2);
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(stream.next()).isEqualTo(1);
                    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
                    await(stream.hasNext());
                    assertThat(stream.next()).isEqualTo(2);
                    assertThat(await(stream.hasNext())).isFalse();
                    assertThat(await(stream.hasNext())).isFalse();
                    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void itRunsInTheTaskThatAsks() {
        TaskLocal<String> user = TaskLocal.withInitial(() -> "nobody");
        VirtualTime.run(
                () -> {
                    AsyncStream<String> users = usersOf(user);
                    for (String name : List.of("ada", "bob")) {
                        await(
                                Task.create(
                                        name,
                                        () -> {
                                            user.set(name);
                                            await(users.hasNext());
                                            log.add(users.next());
                                            return Coroutine.done();
                                        }));
                    }
                    await(users.closeAsync());
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("ada in ada", "bob in bob");
    }

    @Async
    private static AsyncStream<String> usersOf(TaskLocal<String> user) {
        while (true) {
            emit(user.get() + " in " + Task.current().name());
        }
    }

    @Test
    void aSecondAskWhileOneIsPendingNamesBothTasks() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = seconds(1);
                    Task<Boolean> first = Task.create("first", stream.hasNext());
                    Task<Boolean> second = Task.create("second", stream.hasNext());
                    assertThat(await(first)).isTrue();
                    assertThat(second.exception())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("hasNext() in task second")
                            .hasMessageContaining("hasNext() in task first is pending");
                    await(stream.closeAsync());
                    return Coroutine.done();
                });
    }

    @Test
    void closingWhileAnAskIsPendingNamesBothTasks() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = seconds(1);
                    Task<Boolean> first = Task.create("first", stream.hasNext());
                    Task<Void> second = Task.create("second", stream.closeAsync());
                    await(first);
                    assertThat(second.exception())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("closeAsync() in task second")
                            .hasMessageContaining("hasNext() in task first is pending");
                    await(stream.closeAsync());
                    return Coroutine.done();
                });
    }

    @Test
    void aGeneratorThatAsksItselfIsRefused() {
        List<AsyncStream<Integer>> self = new ArrayList<>();
        Throwable failure =
                VirtualTime.failureOf(
                        () -> {
                            self.add(asks(self));
                            await(self.get(0).hasNext());
                            return Coroutine.done();
                        });

        assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is pending");
    }

    @Async
    private static AsyncStream<Integer> asks(List<AsyncStream<Integer>> self) {
        await(self.get(0).hasNext());
        return AsyncStream.end();
    }

    @Test
    void aFailureComesOutOfHasNextAndEndsTheStream() {
        IllegalStateException broken = new IllegalStateException("broken");
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = failing(broken);
                    await(stream.hasNext());
                    stream.next();
                    try {
                        await(stream.hasNext());
                    } catch (IllegalStateException failure) {
                        assertThat(failure).isSameAs(broken);
                        log.add("failed");
                    }
                    assertThat(await(stream.hasNext())).isFalse();
                    await(stream.closeAsync());
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("failed");
    }

    @Async
    private static AsyncStream<Integer> failing(RuntimeException failure) {
        emit(1);
        await(sleep(ofSeconds(1)));
        throw failure;
    }

    @Test
    void cancellingTheAskingTaskCancelsTheGeneratorWhereItStands() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = observed();
                    Task<Boolean> asking = Task.create(stream.hasNext());
                    await(sleep(ofSeconds(1)));
                    asking.cancel("enough");
                    try {
                        await(asking);
                    } catch (CancelledError cancelled) {
                        log.add("cancelled: " + cancelled.getMessage());
                    }
                    assertThat(await(stream.hasNext())).isFalse();
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("in the generator: enough", "cancelled: enough");
    }

    @Async
    private AsyncStream<Integer> observed() {
        try {
            await(sleep(ofSeconds(100)));
        } catch (CancelledError cancelled) {
            log.add("in the generator: " + cancelled.getMessage());
            throw cancelled;
        }
        return AsyncStream.end();
    }

    @Test
    void aGeneratorMaySurviveACancellationAndEmit() {
        VirtualTime.run(
                () -> {
                    AsyncStream<String> stream = stubborn();
                    Task<Boolean> asking = Task.create(stream.hasNext());
                    await(sleep(ofSeconds(1)));
                    asking.cancel();
                    assertThat(await(asking)).isTrue();
                    assertThat(stream.next()).isEqualTo("survived");
                    assertThat(await(stream.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Async
    private static AsyncStream<String> stubborn() {
        try {
            await(sleep(ofSeconds(100)));
        } catch (CancelledError cancelled) {
            emit("survived");
        }
        return AsyncStream.end();
    }

    @Test
    void anElementIsNeverNull() {
        Throwable failure = VirtualTime.failureOf(() -> emitsNull().toList());

        assertThat(failure)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("emit(null)");
        assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("emitsNull");
    }

    @Async
    private static AsyncStream<String> emitsNull() {
        emit(null);
        return AsyncStream.end();
    }

    @Test
    void aGeneratorThatReturnsAnotherStreamFails() {
        Throwable failure = VirtualTime.failureOf(() -> returns(seconds(3)).toList());

        assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("return AsyncStream.end()");
        assertThat(VirtualTime.failureOf(() -> returns(null).toList()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a generator returned null");
    }

    @Async
    private static AsyncStream<Integer> returns(AsyncStream<Integer> other) {
        emit(1);
        return other;
    }

    @Test
    void theEndIsAnEmptyStreamThatAnyNumberOfLoopsMayUse() {
        for (int i = 0; i < 3; i++) {
            VirtualTime.run(
                    () -> {
                        AsyncStream<Integer> empty = AsyncStream.end();
                        assertThat(await(empty.hasNext())).isFalse();
                        assertThat(await(AsyncStream.<Integer>end().toList())).isEmpty();
                        await(empty.closeAsync());
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void generatorsThatReadEachOtherTenThousandDeepNeedNoDeepStack() {
        VirtualTime.run(
                () -> {
                    int depth = 10_000;
                    try (var stream = closing(nested(depth))) {
                        assertThat(await(stream.get().hasNext())).isTrue();
                        assertThat(stream.get().next()).isEqualTo(depth);
                        assertThat(await(stream.get().hasNext())).isTrue();
                        assertThat(stream.get().next()).isEqualTo(depth + 1);
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void aNestedRunInsideDeepGeneratorsMayReadOthers() {
        VirtualTime.run(
                () -> {
                    try (var stream = closing(runsNestedAt(20))) {
                        while (await(stream.get().hasNext())) {
                            log.add("element " + stream.get().next());
                        }
                    }
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("element 21", "element 37");
    }

    @Async
    private static AsyncStream<Integer> runsNestedAt(int depth) {
        if (depth == 0) {
            emit(1);
            emit(1 + runNested(nested(14).skip(2).findFirst()).orElseThrow());
        } else {
            try (var inner = closing(runsNestedAt(depth - 1))) {
                while (await(inner.get().hasNext())) {
                    emit(inner.get().next() + 1);
                }
            }
        }
        return AsyncStream.end();
    }

    @Async
    private static AsyncStream<Integer> nested(int depth) {
        if (depth == 0) {
            emit(0);
            emit(1);
            await(sleep(ofSeconds(1)));
            emit(2);
        } else {
            try (var inner = closing(nested(depth - 1))) {
                while (await(inner.get().hasNext())) {
                    emit(inner.get().next() + 1);
                }
            }
        }
        return AsyncStream.end();
    }
}
