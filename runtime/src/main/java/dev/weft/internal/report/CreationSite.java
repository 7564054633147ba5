package dev.weft.internal.report;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place where a coroutine or a stream was created, recorded in debug mode. If it becomes
 * unreachable before it was used, or before the stream has ended, that is logged. A loop in debug
 * mode can ask before for those that were not used.
 */
public final class CreationSite implements Runnable {
    private static final boolean ALWAYS = Boolean.getBoolean("weft.debug");

    /** The frames that are recorded. A fixed number, because the stack may be deep. */
    private static final int FRAMES = 8;

    /** True if coroutines record where they are created: while a loop in debug mode is open. */
    public static boolean isRecording = ALWAYS;

    private static int debugLoops;

    /** The sites of coroutines and streams that were not used, in the order of creation. */
    private static final Set<CreationSite> UNUSED = new LinkedHashSet<>();

    /** The number of sites that are kept after what was created there was collected. */
    private static final int MOST_COLLECTED = 1_000;

    private static int collected;
    private static long lastNumber;

    /** A coroutine that was not used: a sentence, and the place of its creation as a trace. */
    public record Unused(String message, Throwable place) {}

    /** Started by the first coroutine that is recorded or the first loop in debug mode. */
    private static final class Cleaning {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** The body that would have run; null for a coroutine of the runtime, such as a sleep. */
    private final @Nullable StackTraceElement body;

    private final Thread thread;

    /** The number in the order of creation. Guarded by the class, as is the next field. */
    private long number;

    /** True if the coroutine is unreachable. */
    private boolean isCollected;

    private volatile @Nullable List<StackWalker.StackFrame> frames = callers();

    private final boolean isOfStream;

    private CreationSite(@Nullable StackTraceElement body, Thread thread, boolean isOfStream) {
        this.body = body;
        this.thread = thread;
        this.isOfStream = isOfStream;
    }

    /**
     * Records the place where {@code coroutine} is created.
     *
     * @param thread the owner of what the current thread creates
     */
    public static CreationSite record(
            Object coroutine, @Nullable StackTraceElement body, Thread thread) {
        return registered(coroutine, new CreationSite(body, thread, false));
    }

    /** Records the place where {@code stream} is created, as {@link #record} does. */
    public static CreationSite ofStream(
            Object stream, @Nullable StackTraceElement body, Thread thread) {
        return registered(stream, new CreationSite(body, thread, true));
    }

    private static CreationSite registered(Object created, CreationSite site) {
        synchronized (CreationSite.class) {
            site.number = ++lastNumber;
            UNUSED.add(site);
        }
        Cleaning.CLEANER.register(created, site);
        return site;
    }

    /** Returns the number of the site that was recorded last. */
    public static synchronized long lastNumber() {
        return lastNumber;
    }

    /**
     * Takes the sites with a number above {@code number} of coroutines, or of streams, that {@code
     * thread} has created and nobody has used. They are not logged any more.
     */
    public static List<Unused> takeUnused(Thread thread, long number, boolean areStreams) {
        List<Unused> taken = new ArrayList<>();
        synchronized (CreationSite.class) {
            Iterator<CreationSite> sites = UNUSED.iterator();
            while (sites.hasNext()) {
                CreationSite site = sites.next();
                List<StackWalker.StackFrame> frames = site.frames;
                if (site.isOfStream == areStreams
                        && site.thread == thread
                        && site.number > number
                        && frames != null) {
                    sites.remove();
                    site.frames = null;
                    taken.add(site.described(frames));
                }
            }
        }
        return taken;
    }

    private static synchronized void forget(CreationSite site) {
        UNUSED.remove(site);
    }

    /**
     * Starts to record on behalf of a loop in debug mode.
     *
     * @return ends it; runs by itself when {@code loop} is unreachable, and has no effect twice
     */
    public static Runnable startRecording(Object loop) {
        count(1);
        return Cleaning.CLEANER.register(loop, () -> count(-1))::clean;
    }

    private static synchronized void count(int change) {
        debugLoops += change;
        isRecording = ALWAYS || debugLoops > 0;
        if (debugLoops == 0) {
            UNUSED.removeIf(site -> site.isCollected);
            collected = 0;
        }
    }

    private static List<StackWalker.StackFrame> callers() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(CreationSite::isVisible).limit(FRAMES).toList());
    }

    private static boolean isVisible(StackWalker.StackFrame frame) {
        return !StackTraces.isRuntime(frame.getClassName(), frame.getMethodName());
    }

    /** Records that the coroutine was used or closed, or that the stream has ended. */
    public void used() {
        if (frames != null) {
            frames = null;
            forget(this);
        }
    }

    /** Called when the coroutine or the stream is unreachable. */
    @Override
    public void run() {
        List<StackWalker.StackFrame> frames = this.frames;
        if (frames != null) {
            collected(this);
            Unused unused = described(frames);
            Log.warning(unused.message, unused.place);
        }
    }

    /** Keeps the site for {@link #takeUnused} while a loop in debug mode is open, up to a limit. */
    private static synchronized void collected(CreationSite site) {
        site.isCollected = true;
        if (debugLoops == 0 || ++collected > MOST_COLLECTED) {
            UNUSED.remove(site);
        }
    }

    private Unused described(List<StackWalker.StackFrame> frames) {
        // The call of an async method appears as the first line of the method itself.
        int from = !frames.isEmpty() && isCallOfBody(frames.get(0)) ? 1 : 0;
        StackTraceElement[] trace =
                frames.stream()
                        .skip(from)
                        .map(StackWalker.StackFrame::toStackTraceElement)
                        .toArray(StackTraceElement[]::new);
        Throwable place = new Throwable("it was created here");
        place.setStackTrace(trace);
        return new Unused(
                (isOfStream ? "a stream" : "a coroutine")
                        + (body == null ? "" : " of " + body.getMethodName() + "()")
                        + (isOfStream
                                ? " was neither read to its end nor closed"
                                : " was never awaited")
                        + (trace.length == 0 ? "" : "; it was created at " + trace[0]),
                place);
    }

    private boolean isCallOfBody(StackWalker.StackFrame frame) {
        return body != null
                && frame.getClassName().equals(body.getClassName())
                && frame.getMethodName().equals(body.getMethodName());
    }
}
