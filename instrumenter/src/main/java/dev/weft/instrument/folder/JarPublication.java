package dev.weft.instrument.folder;

import static java.util.Objects.requireNonNull;

import dev.weft.instrument.AsyncCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changes to a jar. The new jar is written to a file in the same folder, which is then
 * renamed: at every moment the jar is the old one or the new one.
 *
 * <p>Entries keep their order, times, comments and compression. A frame class follows its owner and
 * has the time of its owner, so the result depends on the jar only.
 */
public final class JarPublication {

    private final Map<String, byte[]> contents = new HashMap<>();

    /** By entry: the new frame classes of the class in this entry. */
    private final Map<String, List<String>> frames = new HashMap<>();

    private final Set<String> stale = new HashSet<>();

    private JarPublication(Changes changes) {
        for (Changes.Write write : changes.writes()) {
            String entry = entry(write.file());
            contents.put(entry, write.bytes());
            String owner = AsyncCompiler.frameOwner(write.bytes());
            if (owner != null) {
                frames.computeIfAbsent(
                                entry(ClassFiles.sibling(write.file(), owner)),
                                first -> new ArrayList<>())
                        .add(entry);
            }
        }
        for (Path file : changes.stale()) {
            stale.add(entry(file));
        }
    }

    private static String entry(Path file) {
        return file.toString().substring(1);
    }

    /**
     * Writes the changed jar.
     *
     * @param target the file to write, which may be {@code jar} itself
     * @throws IOException when a file cannot be read or written; {@code target} is then unchanged
     */
    public static void publish(Path jar, Changes changes, Path target) throws IOException {
        Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString(), null, "the file is not writable");
        }
        Path folder = requireNonNull(file.getParent(), "a file is in a folder");
        Path temporary = Staging.file(folder);
        try {
            if (changes.isEmpty()) { // byte by byte: it may be signed, or begin with a script
                Files.copy(jar, temporary, StandardCopyOption.REPLACE_EXISTING);
            } else {
                new JarPublication(changes).write(jar, temporary);
            }
            copyPermissions(jar, temporary);
            Publication.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(from);
            permissions.add(PosixFilePermission.OWNER_WRITE); // the next run replaces the file
            Files.setPosixFilePermissions(to, permissions);
        } catch (UnsupportedOperationException noPosix) {
            return; // the folder's permissions are inherited
        }
    }

    private void write(Path jar, Path temporary) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(temporary);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setComment(in.getComment());
            Set<String> copied = new HashSet<>();
            for (ZipEntry each : Collections.list(in.entries())) {
                if (!copied.add(each.getName())) {
                    continue;
                }
                ZipEntry entry = in.getEntry(each.getName()); // of several, the one that is read
                if (!stale.contains(entry.getName())) {
                    copy(in, entry, out);
                }
                for (String frame : frames.getOrDefault(entry.getName(), List.of())) {
                    if (in.getEntry(frame) == null) {
                        writeNew(frame, entry, out);
                    }
                }
            }
        }
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void copy(ZipFile in, ZipEntry entry, ZipOutputStream out) throws IOException {
        byte @Nullable [] content = contents.get(entry.getName());
        ZipEntry copy = new ZipEntry(entry);
        if (content != null) {
            write(copy, content, out);
            return;
        }
        if (copy.getMethod() == ZipEntry.DEFLATED) {
            copy.setCompressedSize(-1); // compressed again, perhaps to another size
        }
        out.putNextEntry(copy);
        try (InputStream bytes = in.getInputStream(entry)) {
            bytes.transferTo(out);
        }
        out.closeEntry();
    }

    private void writeNew(String name, ZipEntry owner, ZipOutputStream out) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(owner.getMethod());
        entry.setTimeLocal(owner.getTimeLocal());
        write(entry, requireNonNull(contents.get(name)), out);
    }

    private static void write(ZipEntry entry, byte[] content, ZipOutputStream out)
            throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setCompressedSize(entry.getMethod() == ZipEntry.STORED ? content.length : -1);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
