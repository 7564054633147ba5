/** The rules 9 to 17 of the runtime: cancelling. */
package dev.weft.spec.cancelling;
