/**
 * Programs with a defect each, which {@code docs/finding-problems.md} finds from outside: a
 * deadlock, tasks that never end, and a step that blocks its loop.
 */
@NullMarked
package dev.weft.samples.problems;

import org.jspecify.annotations.NullMarked;
