/** Chapter "Debugging" of the rules: rules 36 and 37. */
package dev.weft.spec.debugging;
