/** Records of what loops do, in bounded memory. */
@NullMarked
package dev.weft.internal.trace.record;

import org.jspecify.annotations.NullMarked;
