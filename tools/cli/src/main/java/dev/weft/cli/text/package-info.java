/** Texts that several commands print. */
@NullMarked
package dev.weft.cli.text;

import org.jspecify.annotations.NullMarked;
