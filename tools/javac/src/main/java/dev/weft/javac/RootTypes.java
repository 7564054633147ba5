package dev.weft.javac;

import java.util.HashSet;
import java.util.Set;

/**
 * The top-level types that javac has not written yet. When the last is written, the problems of all
 * are printed: javac writes no class after an error, so an earlier error would hide others.
 */
final class RootTypes {

    private final Set<String> unwritten = new HashSet<>();

    /** Adds a type by its name with dots. */
    void add(String name) {
        unwritten.add(name);
    }

    /** Notes that a class was written, nested or not. */
    void written(String name) {
        unwritten.remove(name);
    }

    /** Returns whether javac has written all types. */
    boolean allWritten() {
        return unwritten.isEmpty();
    }
}
