import org.jspecify.annotations.NullMarked;

/** Sockets, TLS and child processes on Weft's event loop. */
@NullMarked
module dev.weft.net {
    requires transitive dev.weft;
    requires static org.jspecify;

    exports dev.weft.net;
}
