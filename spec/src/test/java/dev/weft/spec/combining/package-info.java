/** The rules 18 to 22 of the runtime: timeout, gather, waitUntil, shield, asCompleted. */
package dev.weft.spec.combining;
