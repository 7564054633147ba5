/** What the tests put on the processor path. */
package dev.weft.javac.samples;
