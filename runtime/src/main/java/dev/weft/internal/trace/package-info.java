/**
 * Traces of loops: records of their steps in bounded memory, written as trace events for Perfetto
 * and Chrome or as a page with a timeline. Loaded only when a trace is asked for.
 */
@NullMarked
package dev.weft.internal.trace;

import org.jspecify.annotations.NullMarked;
