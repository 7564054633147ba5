package dev.weft.benchmarks.peers;

import dev.weft.benchmarks.service.Service;
import dev.weft.benchmarks.workload.StreamPeer;
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
                    Map.entry("Weft (observer)", PEERS + "WeftObserved"),
                    Map.entry("Weft (JFR)", PEERS + "WeftRecorded"),
                    Map.entry("Weft (trace)", PEERS + "WeftTraced"),
                    Map.entry("Weft timers", PEERS + "WeftTimers"),
                    Map.entry("Kotlin", PEERS + "KotlinPeer"),
                    Map.entry("Kotlin timers", PEERS + "KotlinTimers"),
                    Map.entry("Kilim", "dev.weft.benchmarks.kilim.KilimPeer"),
                    Map.entry("virtual threads", PEERS + "VirtualThreadPeer"),
                    Map.entry("CompletableFuture", PEERS + "FuturePeer"),
                    Map.entry("JDK scheduler", PEERS + "SchedulerPeer"),
                    Map.entry("Netty wheel 1 ms", PEERS + "NettyPeer"),
                    Map.entry("Netty wheel 100 ms", PEERS + "CoarseNettyPeer"));

    private static final String SERVICE = "dev.weft.benchmarks.service.";

    private static final Map<String, String> SERVICES =
            Map.of(
                    "the work alone",
                    SERVICE + "Reference",
                    "Weft",
                    SERVICE + "weft.WeftService",
                    "Kotlin",
                    SERVICE + "kt.KotlinService",
                    "virtual threads",
                    SERVICE + "blocking.BlockingService",
                    "CompletableFuture",
                    SERVICE + "future.FutureService");

    private static final Map<String, String> STREAMS =
            Map.of(
                    "limit",
                    LIMIT + "LimitStreams",
                    "Weft",
                    PEERS + "WeftStreams",
                    "Iterator",
                    PEERS + "IteratorStreams",
                    "Kotlin",
                    PEERS + "KotlinStreams",
                    "Reactor",
                    PEERS + "ReactorStreams",
                    "RxJava",
                    PEERS + "RxStreams");

    private Peers() {}

    /**
     * Creates a peer. Names may have underscores for blanks.
     *
     * @throws IllegalArgumentException if no peer has the name
     */
    public static <T> T load(String name, Class<T> kind) throws ReflectiveOperationException {
        Map<String, String> classes =
                kind == Service.class ? SERVICES : kind == StreamPeer.class ? STREAMS : CLASSES;
        String type = classes.get(name.replace('_', ' '));
        if (type == null) {
            throw new IllegalArgumentException(
                    "no peer " + name + "; there are " + classes.keySet());
        }
        return kind.cast(Class.forName(type).getDeclaredConstructor().newInstance());
    }
}
