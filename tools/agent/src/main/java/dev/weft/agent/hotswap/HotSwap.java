package dev.weft.agent.hotswap;

import dev.weft.instrument.ClassFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The redefinition of a loaded class.
 *
 * <p>An unchanged body stays as it is, and its suspended coroutines continue. A changed body gets a
 * new frame class. Its code moves into the method that was the body when the class was loaded, with
 * the descriptor of that method; {@link MovedBody} shows the form. Coroutines of the older code
 * fail at their next step with a message.
 */
public final class HotSwap {
    private final @Nullable String complaint;
    private final byte[] main;
    private final List<ClassFile> newFrames = new ArrayList<>();
    private final Map<String, Generation> generations = new HashMap<>();

    /**
     * Plans a redefinition.
     *
     * @param main the new compiled class
     * @param frames its frame classes
     * @param known the present generations, by frame class
     */
    public HotSwap(
            Class<?> loaded, byte[] main, List<ClassFile> frames, Map<String, Generation> known) {
        Map<String, Body> present = Body.of(loaded);
        Map<String, MovedBody> moved = new HashMap<>();
        Map<String, Long> fingerprints = Fingerprints.of(main, frames);
        for (ClassFile frame : frames) {
            Generation next = next(known.get(frame.name()), fingerprints.get(frame.name()));
            generations.put(frame.name(), next);
            Body body = present.get(frame.name());
            if (!next.isFirst() && body != null) {
                moved.put(frame.name(), new MovedBody(body, frame.name(), next));
            }
        }
        MovedBodies bodies = new MovedBodies(moved);
        this.main = moved.isEmpty() ? main : bodies.inClass(main);
        this.complaint = new LoadedShape(loaded).difference(this.main);
        for (ClassFile frame : frames) {
            MovedBody body = moved.get(frame.name());
            if (body != null) {
                newFrames.add(new ClassFile(body.frameClass(), bodies.inFrame(frame, body)));
            }
        }
    }

    /** Counts a class that another door has compiled, and that has no fingerprint, as changed. */
    private static Generation next(@Nullable Generation known, @Nullable Long fingerprint) {
        long print = fingerprint == null ? 0 : fingerprint;
        return known == null ? new Generation(print, 2) : known.after(print);
    }

    /** Returns the reason why the JVM will refuse the redefinition; null if there is none. */
    public @Nullable String complaint() {
        return complaint;
    }

    /** Returns the class file for the JVM. */
    public byte[] main() {
        return main;
    }

    /** Returns the frame classes of changed bodies. */
    public List<ClassFile> newFrames() {
        return newFrames;
    }

    /** Returns the generations after the redefinition, by the frame classes' first names. */
    public Map<String, Generation> generations() {
        return generations;
    }
}
