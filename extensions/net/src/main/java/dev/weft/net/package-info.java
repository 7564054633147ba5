/**
 * Sockets, TLS and child processes for tasks. Begin with {@link dev.weft.net.ByteStream} and {@link
 * dev.weft.net.Server}.
 */
@NullMarked
package dev.weft.net;

import org.jspecify.annotations.NullMarked;
