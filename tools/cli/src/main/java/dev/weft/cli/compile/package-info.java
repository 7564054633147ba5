/** Folders and jars of classes that are compiled on the disk: all of them, or none. */
@NullMarked
package dev.weft.cli.compile;

import org.jspecify.annotations.NullMarked;
