package dev.weft.instrument.targets;

import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.MemoryLoader;
import dev.weft.instrument.support.NotInDebuggerMode;
import dev.weft.instrument.support.Toolchain;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A suspended coroutine keeps no object alive that its source no longer uses. */
@NotInDebuggerMode
class RetentionTest {
    private final Class<?> forgetful = load();

    @Test
    void whatIsNotUsedAgainCanBeCollected() throws Exception {
        try (Runner runner = Weft.runner().virtualTime()) {
            Promise<Void> first = new Promise<>(runner.loop());
            Promise<Void> second = new Promise<>(runner.loop());
            Task<Integer> parked =
                    runner.run(() -> Coroutine.of(Task.create(parked(first, second))));
            runner.run(sleep(Duration.ofSeconds(1)));
            System.gc();
            assertThat(isCollected("used")).isFalse();
            assertThat(isCollected("argument")).isTrue();
            assertThat(isCollected("onTheStack")).isTrue();
            first.complete(null);
            runner.run(sleep(Duration.ofSeconds(1)));
            System.gc();
            assertThat(parked.done()).isFalse();
            assertThat(isCollected("used")).isTrue();
            second.complete(null);
            runner.run(sleep(Duration.ofSeconds(1)));
            assertThat(parked.result()).isZero();
        }
    }

    @SuppressWarnings("unchecked")
    private Coroutine<Integer> parked(Promise<Void> first, Promise<Void> second) throws Exception {
        return (Coroutine<Integer>)
                forgetful
                        .getMethod("parked", Promise.class, Promise.class)
                        .invoke(null, first, second);
    }

    private boolean isCollected(String field) throws ReflectiveOperationException {
        return ((WeakReference<?>) forgetful.getField(field).get(null)).get() == null;
    }

    private static Class<?> load() {
        try {
            return new MemoryLoader(
                            BothWays.class.getClassLoader(),
                            Compilations.of(Toolchain.JAVAC).after())
                    .loadClass("properties.Forgetful");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
