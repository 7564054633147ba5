/** Chapter "Ending" of the rules: rules 26 to 31. */
package dev.weft.spec.ending;
