package dev.weft.instrument.plan;

import java.util.List;

/**
 * A stack map frame as ASM lists its types: a long or double is one entry, and an uninitialised
 * object is the label of its allocation.
 */
public record StackMapFrame(List<Object> locals, List<Object> stack) {}
