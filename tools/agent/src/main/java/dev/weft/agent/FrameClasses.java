package dev.weft.agent;

import dev.weft.agent.hotswap.Generation;
import dev.weft.instrument.ClassFile;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The frame classes that the agent has defined, by class loader. A loader that the program drops is
 * forgotten. No lock is held while a class is defined, because that runs code of class loaders.
 */
final class FrameClasses {

    /**
     * A key that equals only itself and other keys of the same loader, whatever its equals does.
     */
    private static final class Key extends WeakReference<ClassLoader> {
        private final int hash;

        Key(ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            this.hash = System.identityHashCode(loader);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            ClassLoader loader = get();
            return this == other
                    || (other instanceof Key key && loader != null && loader == key.get());
        }
    }

    /**
     * The frame classes of one loader, by name.
     *
     * @param definitions how many definitions have succeeded or are under way
     */
    private record Frames(Map<String, Generation> generations, Map<String, Integer> definitions) {
        Frames() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    private final ClassDefiner definer;
    private final ReferenceQueue<ClassLoader> dropped = new ReferenceQueue<>();
    private final Map<Key, Frames> loaders = new ConcurrentHashMap<>();

    FrameClasses(ClassDefiner definer) {
        this.definer = definer;
    }

    /**
     * Defines a frame class for a class that is loaded now. Several threads may do so at the same
     * time, in each of which the frame class is there afterwards.
     *
     * @return whether the frame class with this fingerprint is there; false if there is another
     *     class of the name
     */
    boolean defineFirst(Loading loading, ClassFile frame, long fingerprint) {
        Frames frames = frames(loading);
        String name = frame.name();
        Generation present = frames.generations.putIfAbsent(name, Generation.first(fingerprint));
        if (present != null && present.fingerprint() != fingerprint) {
            return false;
        }
        frames.definitions.merge(name, 1, Integer::sum);
        try {
            definer.define(loading.loader(), name, frame.bytes(), loading.domain());
            return true;
        } catch (LinkageError duplicate) {
            if (frames.definitions.merge(name, -1, FrameClasses::sumUnlessZero) != null) {
                return isDefined(loading, frame);
            }
            frames.generations.remove(name);
            return false;
        }
    }

    private static @Nullable Integer sumUnlessZero(int count, int change) {
        return count + change == 0 ? null : count + change;
    }

    /** Defines a frame class of a later generation, unless the loader has it. */
    void defineAgain(Loading loading, ClassFile frame) {
        if (!isDefined(loading, frame)) {
            definer.define(loading.loader(), frame.name(), frame.bytes(), loading.domain());
        }
    }

    private static boolean isDefined(Loading loading, ClassFile frame) {
        try {
            Class<?> defined =
                    Class.forName(frame.name().replace('/', '.'), false, loading.loader());
            return defined.getClassLoader() == loading.loader();
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    /** Returns the generation of each frame class of the loader. */
    Map<String, Generation> generations(Loading loading) {
        return frames(loading).generations;
    }

    private Frames frames(Loading loading) {
        Reference<? extends ClassLoader> gone;
        while ((gone = dropped.poll()) != null) {
            loaders.remove((Key) gone);
        }
        Key key = new Key(loading.loader(), dropped);
        return loaders.computeIfAbsent(key, loader -> new Frames());
    }

    void setGenerations(Loading loading, Map<String, Generation> changed) {
        generations(loading).putAll(changed);
    }
}
