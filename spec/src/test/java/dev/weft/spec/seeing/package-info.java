/** Observers and snapshots of loops. */
@NullMarked
package dev.weft.spec.seeing;

import org.jspecify.annotations.NullMarked;
