/** Choices: what is saved where, what is refused, what is called what. */
@NullMarked
package dev.weft.instrument.plan;

import org.jspecify.annotations.NullMarked;
