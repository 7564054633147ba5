/** Chapter "Misuse" of the rules: rule 38. */
package dev.weft.spec.misuse;
