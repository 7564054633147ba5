/** The seam between an event loop and the sources of its events. */
@NullMarked
package dev.weft.io;

import org.jspecify.annotations.NullMarked;
