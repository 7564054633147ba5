/**
 * Netty on the thread of the event loop, for codecs and for clients that are built on Netty. Begin
 * with {@link dev.weft.netty.NettyLoop}.
 */
@NullMarked
package dev.weft.netty;

import org.jspecify.annotations.NullMarked;
