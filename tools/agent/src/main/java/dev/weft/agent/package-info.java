/**
 * A Java agent that compiles async methods when their classes are loaded. {@link
 * dev.weft.agent.WeftAgent} is the entry; the package {@code hotswap} changes classes that are
 * loaded already.
 */
@NullMarked
package dev.weft.agent;

import org.jspecify.annotations.NullMarked;
