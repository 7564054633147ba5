/** Chapter "Cancelling" of the rules: rules 9 to 17. */
package dev.weft.spec.cancelling;
