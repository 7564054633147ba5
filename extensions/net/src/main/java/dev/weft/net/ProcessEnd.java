package dev.weft.net;

import java.util.Collection;
import java.util.List;

/** The end of one process and of its descendants. Any thread. */
final class ProcessEnd {
    private final Runnable terminated;
    private final Runnable ended;

    /**
     * The process, and from the request to end on its descendants too. They are published before
     * the signal: later, a descendant may have lost its parent and cannot be found.
     */
    private volatile Collection<ProcessHandle> tree;

    /**
     * Creates the end of a process.
     *
     * @param terminated called after SIGTERM, in any thread
     * @param ended called when nothing can be alive, in any thread
     */
    ProcessEnd(ProcessHandle process, Runnable terminated, Runnable ended) {
        this.tree = List.of(process);
        this.terminated = terminated;
        this.ended = ended;
    }

    /**
     * Requests the end: SIGTERM. A parent gets the signal before its children, so that a shell does
     * not go on with its next command.
     */
    void terminate(ProcessTrees trees) {
        Collection<ProcessHandle> all = trees.of(tree);
        tree = all;
        all.forEach(ProcessHandle::destroy);
    }

    /** Continues after {@link #terminate}. */
    void wasTerminated() {
        terminated.run();
    }

    /** Ends all that is alive: SIGKILL. */
    void kill(ProcessTrees trees) {
        trees.of(tree).forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends the processes that are known: SIGKILL. */
    void killKnown() {
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    boolean isAlive() {
        return tree.stream().anyMatch(ProcessHandle::isAlive);
    }

    /** Continues after the last signal. */
    void hasEnded() {
        ended.run();
    }
}
