/**
 * Events for Java Flight Recorder. Loaded when a recording has started in this JVM, not before. A
 * program without the module jdk.jfr runs without this package.
 */
@NullMarked
package dev.weft.internal.jfr;

import org.jspecify.annotations.NullMarked;
