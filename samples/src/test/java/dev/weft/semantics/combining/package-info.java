/** The rules 18 to 22 of the runtime: timeout, gather, waitFor, shield, asCompleted. */
package dev.weft.semantics.combining;
