package dev.weft;

/** In the blocking stand-in "soon" is now. */
public class EventLoop {
    private static final EventLoop ONLY = new EventLoop();

    public static EventLoop current() {
        return ONLY;
    }

    public Handle callSoon(Runnable callback) {
        callback.run();
        return null;
    }
}
