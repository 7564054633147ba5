package dev.weft.context;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** An accessor that throws is left out. The other values follow their tasks all the same. */
@Timeout(20)
class BrokenAccessorTest {
    private static final String KEY = "broken";

    private final List<String> log = new ArrayList<>();

    /** Has a value, and throws in one of its methods. */
    private record Broken(String method) implements ThreadLocalAccessor<String> {
        @Override
        public Object key() {
            return KEY;
        }

        @Override
        public @Nullable String getValue() {
            fails("get");
            return "changes always: " + System.nanoTime();
        }

        @Override
        public void setValue(String value) {
            fails("set");
        }

        @Override
        public void setValue() {
            fails("set");
        }

        private void fails(String called) {
            if (called.equals(method)) {
                throw new IllegalStateException(called + " is broken");
            }
        }
    }

    @AfterEach
    void removeTheAccessor() {
        ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    private void runWith(ThreadLocalAccessor<?> accessor) {
        ContextRegistry.getInstance().registerThreadLocalAccessor(accessor);
        try (Runner runner = Weft.runner().virtualTime()) {
            ContextPropagation.install(runner.loop());
            runner.run(
                    () -> {
                        MDC.put("user", "Ada");
                        Task<Void> other = Task.create(() -> asBob());
                        await(sleep(ofSeconds(1)));
                        log.add("main " + MDC.get("user"));
                        await(other);
                        log.add("main " + MDC.get("user"));
                        return Coroutine.done();
                    });
        }
    }

    @Async
    private Coroutine<Void> asBob() {
        MDC.put("user", "Bob");
        await(sleep(ofSeconds(2)));
        log.add("other " + MDC.get("user"));
        return Coroutine.done();
    }

    @Test
    void anAccessorThatCannotReadIsLeftOut() {
        runWith(new Broken("get"));

        assertThat(log).containsExactly("main Ada", "other Bob", "main Ada");
    }

    @Test
    void anAccessorThatCannotWriteIsLeftOut() {
        runWith(new Broken("set"));

        assertThat(log).containsExactly("main Ada", "other Bob", "main Ada");
    }
}
