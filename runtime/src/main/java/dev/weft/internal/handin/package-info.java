/** How other threads hand work to a loop: knows neither tasks nor time. */
@NullMarked
package dev.weft.internal.handin;

import org.jspecify.annotations.NullMarked;
