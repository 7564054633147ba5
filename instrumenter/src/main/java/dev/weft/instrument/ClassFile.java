package dev.weft.instrument;

/**
 * A class file to write.
 *
 * @param name the internal name, {@code com/acme/Prices}
 * @param bytes the content, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier; nobody compares two of them
public record ClassFile(String name, byte[] bytes) {}
