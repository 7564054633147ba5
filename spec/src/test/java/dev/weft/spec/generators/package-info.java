/** Tests of generators: who runs them, how they end, and what is refused. */
package dev.weft.spec.generators;
