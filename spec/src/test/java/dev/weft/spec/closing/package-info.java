/** Tests of {@code closing(...)}, of generators at their end, and of {@code held()}. */
package dev.weft.spec.closing;
