package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.plan.ResourceClose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds the closes that JaCoCo ignores: that of the handler which javac writes for
 * try-with-resources, and the nearest one before it of the same variable. The closes before jumps
 * out of the statement are others, which JaCoCo counts.
 */
final class ResourceCloses {
    private static final int NONE = -1;

    private final IndexedCode code;

    /** The index of each instruction that is neither a label nor a line nor a frame. */
    private final List<Integer> real = new ArrayList<>();

    /** By the index of the await. */
    private final Map<Integer, ResourceClose> found = new HashMap<>();

    private ResourceCloses(IndexedCode code) {
        this.code = code;
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i).getOpcode() >= 0) {
                real.add(i);
            }
        }
    }

    /** Returns the closes by the indexes of their awaits. */
    static Map<Integer, ResourceClose> of(IndexedCode code) {
        ResourceCloses closes = new ResourceCloses(code);
        for (TryCatchBlockNode block : code.method().tryCatchBlocks) {
            if (Abi.THROWABLE.equals(block.type)) {
                closes.handler(code.indexOf(block.handler));
            }
        }
        return closes.found;
    }

    private void handler(int label) {
        int at = -1 - Collections.binarySearch(real, label); // a label is not among them
        for (int test = 2; test >= 0; test -= 2) { // aload, ifnull
            ResourceClose thrown = closeAt(at + 1, test);
            if (thrown != null && thrown.failure() != NONE && isHandler(at, test, thrown)) {
                ResourceClose before = nearest(at, test, thrown.resource());
                if (before != null) {
                    put(thrown);
                    put(before);
                }
            }
        }
    }

    private @Nullable ResourceClose nearest(int handler, int test, int resource) {
        for (int i = handler; i >= 0; i--) {
            ResourceClose close = closeAt(i, test);
            if (close != null && close.resource() == resource) {
                return close;
            }
        }
        return null;
    }

    private void put(ResourceClose close) {
        found.put(real.get(Collections.binarySearch(real, close.call()) + 1), close);
    }

    /** Returns the close that begins at a place, with or without a test for null; null if none. */
    private @Nullable ResourceClose closeAt(int at, int test) {
        if (test > 0 && !(is(at, Opcodes.ALOAD) && is(at + 1, Opcodes.IFNULL))) {
            return null;
        }
        int load = at + test;
        if (!is(load, Opcodes.ALOAD) || (test > 0 && variable(at) != variable(load))) {
            return null;
        }
        boolean failed = is(load + 1, Opcodes.ALOAD);
        int call = load + (failed ? 2 : 1);
        if (!(get(call) instanceof MethodInsnNode close) || !Abi.isClosed(close)) {
            return null;
        }
        boolean jumps = is(call + 3, Opcodes.GOTO); // after the await and a pop
        return new ResourceClose(
                real.get(call),
                failed ? real.get(load + 1) : NONE,
                real.get(call + 2),
                jumps ? real.get(call + 3) : NONE,
                variable(load),
                failed ? variable(load + 1) : NONE);
    }

    /**
     * Returns whether javac's handler begins here: a close, and after it the suppressed failure.
     */
    private boolean isHandler(int at, int test, ResourceClose close) {
        int jump = at + test + 6;
        return is(at, Opcodes.ASTORE)
                && variable(at) == close.failure()
                && is(jump, Opcodes.GOTO)
                && is(jump + 1, Opcodes.ASTORE)
                && is(jump + 2, Opcodes.ALOAD)
                && is(jump + 3, Opcodes.ALOAD)
                && get(jump + 4) instanceof MethodInsnNode call
                && call.name.equals(Abi.ADD_SUPPRESSED)
                && is(jump + 5, Opcodes.ALOAD)
                && is(jump + 6, Opcodes.ATHROW);
    }

    private @Nullable AbstractInsnNode get(int at) {
        return at < real.size() ? code.get(real.get(at)) : null;
    }

    private boolean is(int at, int opcode) {
        AbstractInsnNode instruction = get(at);
        return instruction != null && instruction.getOpcode() == opcode;
    }

    private int variable(int at) {
        return get(at) instanceof VarInsnNode instruction ? instruction.var : NONE;
    }
}
