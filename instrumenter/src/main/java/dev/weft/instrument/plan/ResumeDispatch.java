package dev.weft.instrument.plan;

import org.jspecify.annotations.Nullable;

/**
 * The code at a body's entry, which restores the values that the state needs and jumps to the place
 * where the body continues.
 *
 * @param root null if there is nothing to restore and nothing to choose
 * @param firstFollows whether the first step directly follows the only test for it
 * @param restoredValues the states that find the value of their await on the stack
 */
public record ResumeDispatch(
        @Nullable ResumeNode root, boolean firstFollows, StateSet restoredValues) {}
