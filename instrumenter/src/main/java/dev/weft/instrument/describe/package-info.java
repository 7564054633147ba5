/** Describes plans, and classes that are compiled already, as records of {@code explain}. */
@NullMarked
package dev.weft.instrument.describe;

import org.jspecify.annotations.NullMarked;
