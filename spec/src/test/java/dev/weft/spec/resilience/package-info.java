/** Chapter "Resilience" of the rules: race, and the package {@code dev.weft.resilience}. */
package dev.weft.spec.resilience;
