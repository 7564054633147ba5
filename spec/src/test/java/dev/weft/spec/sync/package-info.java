/** The primitives, sentence by sentence. */
package dev.weft.spec.sync;
