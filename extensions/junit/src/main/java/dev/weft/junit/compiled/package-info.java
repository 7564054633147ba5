/** The entry point of test methods that are compiled by Weft. No API. */
@NullMarked
package dev.weft.junit.compiled;

import org.jspecify.annotations.NullMarked;
