/** Chapter "Combining" of the rules: rules 18 to 22. */
package dev.weft.spec.combining;
