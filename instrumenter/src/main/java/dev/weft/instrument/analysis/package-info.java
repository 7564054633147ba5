/** MethodFacts about an input method; each class answers one question. */
@NullMarked
package dev.weft.instrument.analysis;

import org.jspecify.annotations.NullMarked;
