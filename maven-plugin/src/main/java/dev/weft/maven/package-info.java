/**
 * The Maven plugin. The goals are thin: {@link dev.weft.maven.TreeCompilation} reads a tree of
 * class files and decides what has to change, {@link dev.weft.maven.Publication} makes the change,
 * and the rest turns diagnostics into lines of the log. Only the goals know Maven.
 */
@NullMarked
package dev.weft.maven;

import org.jspecify.annotations.NullMarked;
