/** The classes that every way into the compiler compiles. They are compiled, and never run. */
package dev.weft.spec.doors.code;
