package dev.weft;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that returns {@link Coroutine} and may {@link Weft#await await}. Calling it only
 * makes the coroutine; the body runs when the coroutine is awaited or becomes a task.
 *
 * <p>Lambdas that return {@code Coroutine} and await need no annotation.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Async {}
