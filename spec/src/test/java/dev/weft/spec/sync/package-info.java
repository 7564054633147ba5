/** Chapter "Sync" of the rules: the primitives of the package {@code dev.weft.sync}. */
package dev.weft.spec.sync;
