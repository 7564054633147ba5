/**
 * Tests of streams: the marble diagrams of the documentation, the operators one by one, and random
 * pipelines.
 *
 * <p>{@link dev.weft.spec.stream.DiagramsTest} reads the diagrams in the documentation of {@code
 * AsyncStream} and runs each of them in virtual time. The notation is described there, in the
 * package {@code dev.weft.stream}.
 */
package dev.weft.spec.stream;
