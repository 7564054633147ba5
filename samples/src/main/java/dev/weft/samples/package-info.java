/**
 * Eight small programs, from one await to an HTTP client. Each is a file to read from top to
 * bottom.
 */
@NullMarked
package dev.weft.samples;

import org.jspecify.annotations.NullMarked;
