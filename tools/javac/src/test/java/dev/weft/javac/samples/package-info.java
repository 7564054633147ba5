/** Processors of users, for the processor paths of tests. */
package dev.weft.javac.samples;
