package dev.weft.instrument.plan;

import org.objectweb.asm.tree.LocalVariableNode;

/**
 * A part of a variable's range in which its slot holds the variable: the instructions from index
 * {@code from} to before index {@code to}.
 */
public record Variable(LocalVariableNode original, int from, int to) {}
