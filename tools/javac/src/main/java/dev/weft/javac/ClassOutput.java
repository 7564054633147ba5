package dev.weft.javac;

import dev.weft.instrument.ClassFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The class file that javac has written for one class, and the place of its frame classes. */
interface ClassOutput {

    /** The ending of class files. */
    String SUFFIX = ".class";

    /** Returns the binary name of the class, {@code com.acme.Prices$Offer}. */
    String className();

    /** Returns the class file; null if it cannot be found. */
    byte @Nullable [] read() throws IOException;

    /** Returns whether a class file of this name exists that is no frame class of this class. */
    boolean isTaken(String frameClass) throws IOException;

    /**
     * Replaces the class file, after its frame classes are written, and deletes frame classes of an
     * earlier compilation.
     *
     * @param written the class file as javac wrote it
     * @param compiled the compiled class and its frame classes; none if the class stays
     */
    void store(byte[] written, List<ClassFile> compiled) throws IOException;

    /** Deletes the class file and frame classes of earlier compilations. */
    void delete() throws IOException;

    /** Returns the last part of an internal name. */
    static String simpleName(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }
}
