/**
 * Compiles async methods while javac compiles their sources. {@link dev.weft.javac.WeftProcessor}
 * is the annotation processor that javac finds; after javac has written a class file, the class
 * file is replaced by its compiled form, and the frame classes are written beside.
 */
@NullMarked
package dev.weft.javac;

import org.jspecify.annotations.NullMarked;
