/**
 * Views of what a loop does: events for a {@link dev.weft.observe.LoopObserver}, and a {@link
 * dev.weft.observe.LoopSnapshot} of its tasks. Neither costs anything before it is asked for.
 */
@NullMarked
package dev.weft.observe;

import org.jspecify.annotations.NullMarked;
