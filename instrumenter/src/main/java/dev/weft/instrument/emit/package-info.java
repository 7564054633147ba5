/** Instructions, from a plan. */
@NullMarked
package dev.weft.instrument.emit;

import org.jspecify.annotations.NullMarked;
