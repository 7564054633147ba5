import org.jspecify.annotations.NullMarked;

/** Weft's extension of JUnit Jupiter. */
@NullMarked
module dev.weft.junit {
    requires transitive dev.weft;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.weft.junit;
    exports dev.weft.junit.compiled;

    // JUnit creates the extensions, which are not public.
    opens dev.weft.junit to
            org.junit.platform.commons;
}
