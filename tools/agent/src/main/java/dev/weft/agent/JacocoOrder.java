package dev.weft.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;

/**
 * The place of JaCoCo's agent on the command line. JaCoCo must see the class files as these are on
 * disk, by which its report finds them. If its agent follows this one, a transformer that can
 * retransform takes over: such transformers run after JaCoCo's.
 */
final class JacocoOrder {

    /** The class that JaCoCo's agent defines when it starts. */
    private static final String JACOCO = "java.lang.$JaCoCo";

    private enum State {
        UNKNOWN,
        EARLIER_OR_ABSENT,
        LATER
    }

    private final Instrumentation instrumentation;
    private volatile State state;

    /** Created when this agent starts, before the agents that follow. */
    JacocoOrder(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        boolean settled = isStarted() || !instrumentation.isRetransformClassesSupported();
        this.state = settled ? State.EARLIER_OR_ABSENT : State.UNKNOWN;
    }

    /**
     * Returns whether JaCoCo's agent follows. Asked about classes of the program, when all agents
     * are started. Adds the last transformer once; two threads at the same time may both add it,
     * which is harmless, because the second finds the classes compiled.
     */
    boolean isLater(Supplier<ClassFileTransformer> last) {
        if (state == State.UNKNOWN) {
            if (isStarted()) {
                instrumentation.addTransformer(last.get(), true);
                state = State.LATER;
            } else {
                state = State.EARLIER_OR_ABSENT;
            }
        }
        return state == State.LATER;
    }

    private static boolean isStarted() {
        try {
            Class.forName(JACOCO, false, null);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
