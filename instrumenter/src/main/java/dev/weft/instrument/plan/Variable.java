package dev.weft.instrument.plan;

import org.objectweb.asm.tree.LocalVariableNode;

/**
 * A part of a variable's range in which its slot holds it: from before one index to before another.
 */
public record Variable(LocalVariableNode original, int from, int to) {}
