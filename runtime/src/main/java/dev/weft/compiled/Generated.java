package dev.weft.compiled;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the bodies that the compiler generates. Coverage tools ignore methods with an annotation of
 * this simple name (JaCoCo, since 0.8.2), and would count the body of a lambda otherwise.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Generated {}
