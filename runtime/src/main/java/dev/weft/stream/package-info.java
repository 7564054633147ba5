/**
 * Streams: sequences whose elements may have to be waited for, generators that compute them, and
 * operators.
 *
 * <p>A stream is lazy: nothing runs until an element is asked for, and the task that asks runs it.
 * It belongs to the loop that asks first, and to the thread of that loop. One task at a time asks.
 * A stream that has begun has to be read to its end or closed; operators and ends do that for the
 * streams that they are made from.
 *
 * <h2>Diagrams</h2>
 *
 * <p>The documentation of {@link AsyncStream} draws each operator. A test runs each drawing.
 *
 * <pre>
 * a       1--2--|
 * b             --3--|
 * concat  1--2----3--|     a, b
 * </pre>
 *
 * <ul>
 *   <li>A line is a stream; a column is a second. The last line is the result of the call that its
 *       name and the arguments on its right are. The lines above it are the streams that the call
 *       uses: {@code this}, or those that the arguments name.
 *   <li>A letter or a digit is an element, {@code [1,2]} a list of two, {@code |} the end, {@code
 *       #} a failure, and {@code !} the close by the reader of the stream. In a second with {@code
 *       -} nothing happens.
 *   <li>All that is in parentheses happens in the second of the opening one, and a list in the
 *       second of its bracket.
 *   <li>A stream that begins further to the right is asked for its first element there. A stream
 *       that is asked later than drawn gives its elements at once.
 *   <li>The result is read as fast as possible. In the line of an end, such as {@code toList}, the
 *       result is drawn where the end returns it.
 * </ul>
 */
@NullMarked
package dev.weft.stream;

import org.jspecify.annotations.NullMarked;
