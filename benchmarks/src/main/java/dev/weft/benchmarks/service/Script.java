package dev.weft.benchmarks.service;

/**
 * The behaviour of the back ends. It depends on the request alone, so all versions of the service
 * see the same latencies, failures and answers, in whatever order they serve the requests.
 */
public final class Script {
    private static final Delay[] DELAYS = {
        Delay.NONE,
        Delay.NONE,
        Delay.TURN,
        Delay.TURN,
        Delay.TURN,
        Delay.TURN,
        Delay.TIMER,
        Delay.TIMER,
    };

    private Script() {}

    /** Returns the time at which {@code site} answers. */
    public static Delay delay(Site site, Request request) {
        if (request.hangs() && site == Site.ADVICE) {
            return Delay.NEVER;
        }
        return DELAYS[mixed(request.id() + site.salt()) & 7];
    }

    /** Returns the answer of {@code site} about {@code key}, which is below 10,000. */
    public static int answer(Site site, int key) {
        return (mixed(key + site.salt()) >>> 8) % 10_000;
    }

    /** Returns whether an attempt fails, counted from 1: the first one in eight, the last never. */
    public static boolean fails(Request request, int attempt) {
        return attempt < Service.ATTEMPTS && (mixed(request.id() + 77 * attempt) & 7) == 0;
    }

    /** Returns whether the cache has an entry for {@code key}: seven in eight. */
    public static boolean cached(int key) {
        return (key & 7) != 0;
    }

    private static int mixed(int value) {
        int mixed = value * 0x9E3779B9;
        mixed ^= mixed >>> 15;
        mixed *= 0x85EBCA6B;
        return mixed ^ (mixed >>> 13);
    }
}
