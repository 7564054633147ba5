package dev.weft.javac;

import dev.weft.instrument.ClassFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * A class file that a file manager keeps elsewhere than in a folder, for example in memory.
 *
 * @param filer passes all calls to the file manager
 * @param packageName as the filer takes it, with the module where there are several
 */
record FilerOutput(String className, Filer filer, String packageName) implements ClassOutput {

    private static String fileName(String internalName) {
        return ClassOutput.simpleName(internalName) + SUFFIX;
    }

    private FileObject written() throws IOException {
        return filer.getResource(
                StandardLocation.CLASS_OUTPUT, packageName, fileName(className.replace('.', '/')));
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        try (InputStream in = written().openInputStream()) {
            return in.readAllBytes();
        } catch (FileNotFoundException | NoSuchFileException | RuntimeException unknown) {
            return null; // file managers answer in many ways about a file that they do not know
        }
    }

    /** The file manager cannot be asked, and may hold no file of an earlier compilation. */
    @Override
    public boolean isTaken(String frameClass) {
        return false;
    }

    @Override
    public void store(byte[] written, List<ClassFile> compiled) throws IOException {
        for (int i = 1; i < compiled.size(); i++) {
            write(compiled.get(i));
        }
        if (!compiled.isEmpty()) {
            write(compiled.get(0));
        }
    }

    private void write(ClassFile file) throws IOException {
        FileObject target =
                filer.createResource(
                        StandardLocation.CLASS_OUTPUT, packageName, fileName(file.name()));
        boolean complete = false;
        try (OutputStream out = target.openOutputStream()) {
            out.write(file.bytes());
            complete = true;
        } finally {
            if (!complete) {
                target.delete();
            }
        }
    }

    @Override
    public void delete() throws IOException {
        written().delete();
    }
}
