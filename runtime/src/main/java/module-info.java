import org.jspecify.annotations.NullMarked;

/** Weft's runtime: coroutines, tasks and the event loop that runs them. */
@NullMarked
module dev.weft {
    requires static java.management;
    requires static org.jspecify;

    exports dev.weft;
    exports dev.weft.compiled;
    exports dev.weft.io;
    exports dev.weft.observe;
    exports dev.weft.resilience;
    exports dev.weft.stream;
    exports dev.weft.sync;
}
