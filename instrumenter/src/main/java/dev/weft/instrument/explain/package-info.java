/**
 * The states of compiled async methods, as records, and their renderings as text, Mermaid, DOT and
 * HTML.
 */
@NullMarked
package dev.weft.instrument.explain;

import org.jspecify.annotations.NullMarked;
