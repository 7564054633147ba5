package dev.weft.instrument.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Skips a test of what a suspended coroutine keeps alive with {@code -Dweft.debugger=true}. The
 * Java frame of a suspended body keeps all variables then, and their objects.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
        named = "weft.debugger",
        matches = "true",
        disabledReason = "the Java frame of a suspended body keeps all its variables")
public @interface NotInDebuggerMode {}
