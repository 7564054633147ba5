package dev.weft.compiled;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the bodies that the compiler makes. Coverage tools leave out what an annotation of this simple
 * name is on (JaCoCo, from 0.8.2 on), and would count the body of a lambda without it.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Generated {}
