package dev.weft;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that returns {@link Coroutine} and may {@link Weft#await await}. A call only
 * creates the coroutine; the body runs when the coroutine is awaited or becomes a task.
 *
 * <pre>{@code
 * @Async
 * Coroutine<String> greet(String name) {
 *     log.add("greeting " + name);
 *     await(sleep(ofSeconds(1)));
 *     return Coroutine.of("Hello " + name);
 * }
 * }</pre>
 *
 * <p>Lambdas that return {@code Coroutine} and await need no annotation.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Async {}
