package dev.weft.http;

import java.nio.ByteBuffer;

/** A message of a {@link WebSocket}. */
public sealed interface Message {
    /** A message of text. */
    record Text(String text) implements Message {}

    /** A message of bytes. */
    record Binary(ByteBuffer bytes) implements Message {}
}
