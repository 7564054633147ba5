/** Programs that use the network. Each is a single file. */
@NullMarked
package dev.weft.samples.net;

import org.jspecify.annotations.NullMarked;
