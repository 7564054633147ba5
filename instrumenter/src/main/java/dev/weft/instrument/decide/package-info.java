/** Decisions: names, slots, fields, the order of restoring. The results are the plan. */
@NullMarked
package dev.weft.instrument.decide;

import org.jspecify.annotations.NullMarked;
