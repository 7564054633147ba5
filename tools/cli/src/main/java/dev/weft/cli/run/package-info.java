/**
 * Programs that are compiled in memory: from a source file, or from folders and jars of classes.
 * {@link dev.weft.cli.run.Program} is the result, and nothing is left on the disk.
 */
@NullMarked
package dev.weft.cli.run;

import org.jspecify.annotations.NullMarked;
