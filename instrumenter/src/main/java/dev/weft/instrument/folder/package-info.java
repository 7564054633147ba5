/**
 * Compiles a folder of class files in place. {@link dev.weft.instrument.folder.TreeCompilation}
 * reads the folder and decides what changes, {@link dev.weft.instrument.folder.Publication} makes
 * the changes. Build tools call this package; a build tool's own classes are not used here.
 */
@NullMarked
package dev.weft.instrument.folder;

import org.jspecify.annotations.NullMarked;
