/**
 * An HTTP server whose handlers are coroutines on the loop of {@link dev.weft.netty.NettyLoop}.
 *
 * <p>The server speaks HTTP/1.1 and HTTP/2 with or without TLS, and WebSocket. The classes belong
 * to the loop that made them and are used on the thread of that loop.
 */
package dev.weft.http;
