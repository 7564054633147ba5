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
class UncompiledClassTest {
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

    /** Not compiled. */
    private static final class Prices {
        @Async
        Coroutine<String> price(String item) {
            return Coroutine.of(item);
        }
    }

    /** Not async. */
    private static final class Constants {
        static Coroutine<Void> nothing() {
            return Coroutine.done();
        }
    }

    @Test
    void aClassThatWasNotCompiledIsReportedOnceWithTheLine() {
        Prices prices = new Prices();
        prices.price("tea").close();
        prices.price("cake").close();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0))
                .startsWith(
                        "class dev.weft.UncompiledClassTest$Prices has @Async methods and was not"
                                + " compiled by Weft, at"
                                + " dev.weft.UncompiledClassTest$Prices.price(UncompiledClassTest.java:48): ");
    }

    @Test
    void aClassWithoutAsyncMethodsMayReturnReadyCoroutines() {
        Constants.nothing().close();
        assertThat(warnings).isEmpty();
    }
}
