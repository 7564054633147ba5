/**
 * The commands of {@code weft}, one class each. A command reads its options and calls the package
 * that does the work.
 */
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
