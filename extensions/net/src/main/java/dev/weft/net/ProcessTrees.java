package dev.weft.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The descendants of this JVM at one moment. To look takes milliseconds, because the JDK reads all
 * processes of the system. So one look serves for all processes that end together.
 *
 * <p>A process whose parent has ended belongs to no tree any more and is not found.
 */
final class ProcessTrees {
    /** By parent. A handle equals no handle of an earlier process with the same number. */
    private final Map<ProcessHandle, List<ProcessHandle>> children = new HashMap<>();

    private ProcessTrees() {
        try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
            all.forEach(this::add);
        }
    }

    private void add(ProcessHandle process) {
        process.parent()
                .ifPresent(
                        parent ->
                                children.computeIfAbsent(parent, any -> new ArrayList<>())
                                        .add(process));
    }

    /** Looks at the processes as they are now. */
    static ProcessTrees look() {
        return new ProcessTrees();
    }

    /** Returns {@code roots} and their descendants, a parent before its children. */
    Set<ProcessHandle> of(Collection<ProcessHandle> roots) {
        Set<ProcessHandle> found = new LinkedHashSet<>(roots);
        Deque<ProcessHandle> next = new ArrayDeque<>(found);
        while (!next.isEmpty()) {
            for (ProcessHandle child : children.getOrDefault(next.remove(), List.of())) {
                if (found.add(child)) {
                    next.add(child);
                }
            }
        }
        return found;
    }
}
