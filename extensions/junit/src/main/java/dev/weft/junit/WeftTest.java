package dev.weft.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class an event loop of its own, in virtual time. On a method, only that
 * method, and with settings of its own.
 *
 * <pre>{@code
 * @WeftTest
 * class StockTest {
 *     @Test
 *     void aReplyTakesTwoSeconds(Runner runner, TestClock clock) {
 *         assertThat(runner.run(reply())).isEqualTo("reply");
 *         assertThat(clock.elapsed()).isEqualTo(ofSeconds(2));
 *     }
 *
 *     @Test
 *     @Async
 *     Coroutine<Void> anAsyncTestAwaits() {
 *         assertThat(await(reply())).isEqualTo("reply");
 *         return Coroutine.done();
 *     }
 * }
 * }</pre>
 *
 * <p>The methods of the test ({@code @Test}, {@code @ParameterizedTest}, {@code @RepeatedTest},
 * {@code @BeforeEach}, {@code @AfterEach}) may have parameters of the types {@link
 * dev.weft.Runner}, {@link dev.weft.EventLoop}, {@link TestClock} and {@link Reports}. All methods
 * of one test get the same objects. The loop is created for the first parameter or the first async
 * method. A test without either has no loop.
 *
 * <p>Each method that does not end in time fails, and the message names the suspended tasks. After
 * the {@code @AfterEach} methods the loop is closed, and each violated {@link Check} fails the
 * test. If the test has failed already, the violations are suppressed in its exception.
 *
 * <p>An async method must be compiled by Weft, in a class or method that has this annotation
 * itself: the compiler does not see the annotations of superclasses and outer classes.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(WeftExtension.class)
public @interface WeftTest {
    /** Returns whether the loop runs in virtual time. */
    boolean virtualTime() default true;

    /**
     * Returns whether the loop runs in debug mode, which finds coroutines that were never awaited,
     * and logs steps of more than 100 ms. A coroutine takes some microseconds longer.
     */
    boolean debug() default true;

    /**
     * Returns the real time after which a method of the test fails. Zero for no limit. The system
     * property {@code weft.timeout}, in seconds, replaces the limits of all tests: 0 for a
     * debugger.
     */
    long timeout() default 10;

    /** Returns the unit of {@link #timeout}. */
    TimeUnit unit() default TimeUnit.SECONDS;

    /** Returns the checks that are left out. */
    Check[] ignore() default {};
}
