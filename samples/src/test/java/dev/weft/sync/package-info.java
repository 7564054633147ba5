/** The primitives, sentence by sentence. */
package dev.weft.sync;
