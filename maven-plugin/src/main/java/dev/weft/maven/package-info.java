/** The goals of the Maven plugin, around {@link dev.weft.instrument.folder}. */
@NullMarked
package dev.weft.maven;

import org.jspecify.annotations.NullMarked;
