/** The façade: bytes of one class in, bytes of the compiled class and its frame classes out. */
@NullMarked
package dev.weft.instrument;

import org.jspecify.annotations.NullMarked;
