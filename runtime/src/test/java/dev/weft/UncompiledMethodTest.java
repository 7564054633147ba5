package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests of this module are not compiled by Weft. */
class UncompiledMethodTest {
    private final Logger logger = Logger.getLogger("dev.weft");
    private final List<String> warnings = new ArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    warnings.add(entry.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Async
    private static Coroutine<String> price(String item) {
        return Coroutine.of(item);
    }

    @Async
    private static Coroutine<Void> overloaded(int x) {
        return overloaded("" + x);
    }

    private static Coroutine<Void> overloaded(String x) {
        return x.isEmpty() ? Coroutine.failed(new AssertionError()) : Coroutine.done();
    }

    @Test
    void anAsyncMethodThatWasNotCompiledIsReportedOnceWithItsLine() {
        price("tea").close();
        price("cake").close();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0))
                .startsWith(
                        "dev.weft.UncompiledMethodTest.price(UncompiledMethodTest.java:46) is in an"
                                + " @Async method of a class that Weft has not compiled: ");
    }

    @Test
    void aMethodThatIsNotAsyncMayReturnAReadyCoroutine() {
        overloaded(1).close();
        Coroutine.failed(new IllegalStateException("of a test")).close();
        assertThat(warnings).isEmpty();
    }
}
