/**
 * Controllers of Spring MVC whose methods return coroutines. Spring Boot finds this on the class
 * path; another program registers {@link dev.weft.spring.CoroutineReturnValueHandler} itself.
 */
@NullMarked
package dev.weft.spring;

import org.jspecify.annotations.NullMarked;
