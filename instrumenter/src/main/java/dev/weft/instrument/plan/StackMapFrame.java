package dev.weft.instrument.plan;

import java.util.List;

/** A stack map frame as ASM lists it: a long or double is one entry. */
public record StackMapFrame(List<Object> locals, List<Object> stack) {}
