/**
 * JShell with {@code await} at the prompt. JShell compiles each snippet to a class; {@link
 * dev.weft.cli.repl.SnippetClass} turns the code of the snippet into an async method, which runs as
 * a task of one loop. So types and completion are those of JShell.
 */
@NullMarked
package dev.weft.cli.repl;

import org.jspecify.annotations.NullMarked;
