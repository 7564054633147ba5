package dev.weft.benchmarks.peers;

import java.util.Map;

/** The peers by name. A JVM loads a single peer, so each JVM has one kind of coroutine. */
public final class Peers {
    private static final String LIMIT = "dev.weft.benchmarks.limit.";
    private static final String PEERS = "dev.weft.benchmarks.peers.";

    private static final Map<String, String> CLASSES =
            Map.ofEntries(
                    Map.entry("limit", LIMIT + "LimitPeer"),
                    Map.entry("limit (frame per call)", LIMIT + "EagerPeer"),
                    Map.entry("limit (mega)", LIMIT + "MegaPeer"),
                    Map.entry("limit (wheel)", LIMIT + "WheelPeer"),
                    Map.entry("Weft", PEERS + "WeftPeer"),
                    Map.entry("Weft (mega)", PEERS + "WeftMegaPeer"),
                    Map.entry("Weft timers", PEERS + "WeftTimers"),
                    Map.entry("Kotlin", PEERS + "KotlinPeer"),
                    Map.entry("Kotlin timers", PEERS + "KotlinTimers"),
                    Map.entry("virtual threads", PEERS + "VirtualThreadPeer"),
                    Map.entry("CompletableFuture", PEERS + "FuturePeer"),
                    Map.entry("JDK scheduler", PEERS + "SchedulerPeer"),
                    Map.entry("Netty wheel 1 ms", PEERS + "NettyPeer"),
                    Map.entry("Netty wheel 100 ms", PEERS + "CoarseNettyPeer"));

    private Peers() {}

    /**
     * Creates a peer. Names may have underscores for blanks.
     *
     * @throws IllegalArgumentException if no peer has the name
     */
    public static <T> T load(String name, Class<T> kind) throws ReflectiveOperationException {
        String type = CLASSES.get(name.replace('_', ' '));
        if (type == null) {
            throw new IllegalArgumentException(
                    "no peer " + name + "; there are " + CLASSES.keySet());
        }
        return kind.cast(Class.forName(type).getDeclaredConstructor().newInstance());
    }
}
