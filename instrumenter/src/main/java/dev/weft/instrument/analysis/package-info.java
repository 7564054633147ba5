/**
 * Facts about the methods of the input. Each class collects one kind of fact and decides nothing.
 */
@NullMarked
package dev.weft.instrument.analysis;

import org.jspecify.annotations.NullMarked;
