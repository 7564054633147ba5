/** Leaf: the values that the passes hand to each other. */
@NullMarked
package dev.weft.instrument.model;

import org.jspecify.annotations.NullMarked;
