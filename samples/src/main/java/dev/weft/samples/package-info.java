/** Nine small programs, from one await to an HTTP client. Each is a single file. */
@NullMarked
package dev.weft.samples;

import org.jspecify.annotations.NullMarked;
