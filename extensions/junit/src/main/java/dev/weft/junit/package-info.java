/** Tests of async code with JUnit Jupiter. Begin with {@link dev.weft.junit.WeftTest}. */
@NullMarked
package dev.weft.junit;

import org.jspecify.annotations.NullMarked;
