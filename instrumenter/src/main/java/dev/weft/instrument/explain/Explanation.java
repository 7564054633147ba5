package dev.weft.instrument.explain;

import java.util.List;

/**
 * The states of the async methods of a class.
 *
 * @param className with dots, {@code com.acme.Prices}
 * @param sourceFile as a path, {@code com/acme/Prices.java}; empty if unknown
 * @param note the reason if the detail is not {@link Detail#FULL}; else empty
 */
public record Explanation(
        String className,
        String sourceFile,
        Detail detail,
        String note,
        List<MethodStates> methods) {
    /** The amount of information. */
    public enum Detail {
        /** Everything, from a class file as javac wrote it. */
        FULL,
        /** Lines, calls and sizes, from a class that is compiled already. */
        PARTIAL,
        /** Nothing: the class has no async code, or is refused. */
        NONE
    }

    public Explanation {
        methods = List.copyOf(methods);
    }

    /** Returns the same explanation of the methods with a name only; all for an empty name. */
    public Explanation ofMethod(String name) {
        List<MethodStates> named =
                methods.stream().filter(method -> name.isEmpty() || method.isPartOf(name)).toList();
        return new Explanation(className, sourceFile, detail, note, named);
    }
}
