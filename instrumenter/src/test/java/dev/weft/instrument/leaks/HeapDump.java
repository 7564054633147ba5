package dev.weft.instrument.leaks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A heap dump of HotSpot (HPROF binary format, JAVA PROFILE 1.0.2 with identifiers of 8 bytes).
 * Reads the classes of objects and the values of fields.
 */
final class HeapDump {
    private static final int ID = 8;

    /** A field: {@code type} is 2 for references. */
    private record Field(String name, byte type) {}

    private record Instance(long type, int position) {}

    private final ByteBuffer bytes;
    private final Map<Long, String> strings = new HashMap<>();
    private final Map<Long, String> classNames = new HashMap<>();
    private final Map<Long, List<Field>> fields = new HashMap<>();
    private final Map<Long, Instance> instances = new HashMap<>();

    private HeapDump(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static HeapDump read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            HeapDump dump =
                    new HeapDump(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
            dump.records();
            return dump;
        }
    }

    /**
     * Returns, for each object of the class, the declared fields that contain an object: the name
     * and the type of the content.
     */
    List<Map<String, String>> heldBy(String className) {
        List<Map<String, String>> found = new ArrayList<>();
        for (Instance instance : instances.values()) {
            if (className.equals(classNames.get(instance.type))) {
                found.add(held(instance));
            }
        }
        return found;
    }

    private Map<String, String> held(Instance instance) {
        Map<String, String> held = new HashMap<>();
        bytes.position(instance.position);
        for (Field field : fields.get(instance.type)) {
            if (field.type != 2) {
                skip(sizeOf(field.type));
                continue;
            }
            long value = bytes.getLong();
            if (value != 0) {
                Instance object = instances.get(value);
                held.put(field.name, object == null ? "array" : classNames.get(object.type));
            }
        }
        return held;
    }

    private void records() {
        while (bytes.get() != 0) {} // the name of the format
        if (bytes.getInt() != ID) {
            throw new IllegalStateException("identifiers are not of " + ID + " bytes");
        }
        skip(8);
        while (bytes.hasRemaining()) {
            int tag = bytes.get();
            skip(4);
            int end = bytes.getInt() + bytes.position();
            switch (tag) {
                case 0x01 -> strings.put(bytes.getLong(), text(end - bytes.position()));
                case 0x02 -> {
                    skip(4);
                    long type = bytes.getLong();
                    skip(4);
                    classNames.put(type, strings.get(bytes.getLong()).replace('/', '.'));
                }
                case 0x0c, 0x1c -> segment(end);
                default -> {}
            }
            bytes.position(end);
        }
    }

    private String text(int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private void segment(int end) {
        while (bytes.position() < end) {
            int tag = bytes.get() & 0xff;
            switch (tag) {
                case 0x05, 0x07, 0xff -> skip(ID);
                case 0x01 -> skip(2 * ID);
                case 0x04, 0x06 -> skip(ID + 4);
                case 0x02, 0x03, 0x08 -> skip(ID + 8);
                case 0x20 -> type();
                case 0x21 -> instance();
                case 0x22 -> {
                    skip(ID + 4);
                    int length = bytes.getInt();
                    skip(ID + length * ID);
                }
                case 0x23 -> {
                    skip(ID + 4);
                    int length = bytes.getInt();
                    skip(length * sizeOf(bytes.get()));
                }
                default -> throw new IllegalStateException("unknown record " + tag);
            }
        }
    }

    private void instance() {
        long id = bytes.getLong();
        skip(4);
        long type = bytes.getLong();
        int length = bytes.getInt();
        instances.put(id, new Instance(type, bytes.position()));
        skip(length);
    }

    private void type() {
        long id = bytes.getLong();
        skip(4);
        skip(6 * ID + 4);
        for (int constants = bytes.getShort(); constants > 0; constants--) {
            skip(2);
            skip(sizeOf(bytes.get()));
        }
        for (int statics = bytes.getShort(); statics > 0; statics--) {
            skip(ID);
            skip(sizeOf(bytes.get()));
        }
        List<Field> declared = new ArrayList<>();
        for (int count = bytes.getShort(); count > 0; count--) {
            declared.add(new Field(strings.get(bytes.getLong()), bytes.get()));
        }
        fields.put(id, declared);
    }

    private void skip(int count) {
        bytes.position(bytes.position() + count);
    }

    private static int sizeOf(byte type) {
        return switch (type) {
            case 4, 8 -> 1;
            case 5, 9 -> 2;
            case 6, 10 -> 4;
            case 2, 7, 11 -> 8;
            default -> throw new IllegalStateException("unknown type " + type);
        };
    }
}
