package dev.weft.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The body of an answer with a file. The texts are in ISO-8859-1, as a header is.
 *
 * @param type of the body; empty if it is that of the file
 * @param end what comes after the last part
 */
record FileParts(String type, List<Part> parts, String end) {
    /** A range of the file, and what comes before it in the body. */
    record Part(String before, long first, long length) {}

    static FileParts whole(long size) {
        return of(new ByteRange(0, size));
    }

    static FileParts of(ByteRange range) {
        Part part = new Part("", range.first(), range.length());
        return new FileParts("", List.of(part), "");
    }

    /** Returns a body of type multipart/byteranges. */
    static FileParts several(List<ByteRange> ranges, String type, long size) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String boundary = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        List<Part> parts = new ArrayList<>();
        for (ByteRange range : ranges) {
            String head =
                    "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
                            .formatted(boundary, type, range.of(size));
            parts.add(new Part(head, range.first(), range.length()));
        }
        String end = "\r\n--" + boundary + "--\r\n";
        return new FileParts("multipart/byteranges; boundary=" + boundary, parts, end);
    }

    long length() {
        long length = end.length();
        for (Part part : parts) {
            length += part.before.length() + part.length;
        }
        return length;
    }
}
