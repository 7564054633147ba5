/** The wait of an idle event loop, and the queue by which other threads hand work to the loop. */
@NullMarked
package dev.weft.internal.idle;

import org.jspecify.annotations.NullMarked;
