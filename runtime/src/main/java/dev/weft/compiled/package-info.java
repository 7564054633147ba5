/** The classes and methods that compiled async bodies refer to. Not for use by programs. */
@NullMarked
package dev.weft.compiled;

import org.jspecify.annotations.NullMarked;
