package dev.weft.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Repeats a test, each time in another order of the ready tasks, in place of {@code @Test}. For
 * code that must not depend on that order; see {@link dev.weft.Runner#shuffled}.
 *
 * <pre>{@code
 * @Shuffled(100)
 * void bothEnd(Runner runner) {
 *     List<String> order = new ArrayList<>();
 *     runner.run(() -> startsTwo(order));
 *     assertThat(order).containsExactlyInAnyOrder("one", "two");
 * }
 * }</pre>
 *
 * <p>The seeds are 0, 1, 2 and so on. A failure names its seed. {@code -Dweft.seed=17} runs each
 * shuffled test with that seed only.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@WeftTest
@ExtendWith(ShuffledOrders.class)
public @interface Shuffled {
    /** Returns the number of orders. */
    int value() default 100;
}
