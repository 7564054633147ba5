/**
 * Streams: sequences whose elements may have to be waited for, generators that compute them, and
 * operators.
 *
 * <p>A stream is lazy: nothing runs until an element is asked for, and the task that asks runs it.
 * It belongs to the loop that asks first, and to the thread of that loop. One task at a time asks.
 * A stream that has begun has to be read to its end or closed; operators and ends do that for the
 * streams that they are made from.
 */
@NullMarked
package dev.weft.stream;

import org.jspecify.annotations.NullMarked;
