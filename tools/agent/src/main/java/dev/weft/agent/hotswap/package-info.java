/**
 * Changes classes that are loaded. The JVM lets a redefinition change the code of methods only,
 * while a change of an async method often changes the descriptor of its body and the fields of its
 * frames. {@link dev.weft.agent.hotswap.HotSwap} therefore keeps the methods of the class as they
 * are, and gives changed bodies new frame classes.
 */
@NullMarked
package dev.weft.agent.hotswap;

import org.jspecify.annotations.NullMarked;
