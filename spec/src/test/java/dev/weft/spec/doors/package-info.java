/** Tests that every way into the compiler gives the same class files. */
package dev.weft.spec.doors;
