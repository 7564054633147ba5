package dev.weft.instrument.torture;

import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The ways in which a {@link Twin} makes the coroutine that it returns, taken in turns. */
enum ReturnedCoroutine {
    /** {@code Coroutine.of(value)}. */
    READY_MADE {
        @Override
        void make(InsnList code, boolean isVoid, int slot) {
            code.add(
                    isVoid
                            ? Twin.call(COROUTINE, "done", "()" + DESCRIPTOR)
                            : Twin.call(COROUTINE, "of", "(Ljava/lang/Object;)" + DESCRIPTOR));
        }
    },
    /** A coroutine of a method that suspends. */
    CALLED {
        @Override
        void make(InsnList code, boolean isVoid, int slot) {
            code.add(later(code, isVoid));
        }
    },
    /** The same, from a local variable, after a question for its class. */
    STORED {
        @Override
        void make(InsnList code, boolean isVoid, int slot) {
            code.add(later(code, isVoid));
            code.add(new VarInsnNode(Opcodes.ASTORE, slot));
            code.add(new VarInsnNode(Opcodes.ALOAD, slot));
            code.add(new TypeInsnNode(Opcodes.INSTANCEOF, COROUTINE));
            code.add(new InsnNode(Opcodes.POP));
            code.add(new VarInsnNode(Opcodes.ALOAD, slot));
        }
    },
    /** The same, cast. */
    CAST {
        @Override
        void make(InsnList code, boolean isVoid, int slot) {
            code.add(later(code, isVoid));
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, "java/lang/Object"));
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, COROUTINE));
        }
    },
    /** The same, from an array. */
    ELEMENT {
        @Override
        void make(InsnList code, boolean isVoid, int slot) {
            code.add(later(code, isVoid));
            code.add(new VarInsnNode(Opcodes.ASTORE, slot));
            code.add(new InsnNode(Opcodes.ICONST_1));
            code.add(new TypeInsnNode(Opcodes.ANEWARRAY, COROUTINE));
            code.add(new InsnNode(Opcodes.DUP));
            code.add(new InsnNode(Opcodes.ICONST_0));
            code.add(new VarInsnNode(Opcodes.ALOAD, slot));
            code.add(new InsnNode(Opcodes.AASTORE));
            code.add(new InsnNode(Opcodes.ICONST_0));
            code.add(new InsnNode(Opcodes.AALOAD));
        }
    };

    static final List<ReturnedCoroutine> ALL = List.of(values());

    /** The largest number of operands and local variables in use. */
    static final int STACK = 4;

    static final int LOCALS = 1;

    private static final String COROUTINE = "dev/weft/Coroutine";
    private static final String DESCRIPTOR = "L" + COROUTINE + ";";

    /** Adds the code that makes a coroutine of the value on the stack, if there is one. */
    abstract void make(InsnList code, boolean isVoid, int slot);

    private static MethodInsnNode later(InsnList code, boolean isVoid) {
        if (isVoid) {
            code.add(new InsnNode(Opcodes.ACONST_NULL));
        }
        return Twin.call("dev/weft/Suspension", "later", "(Ljava/lang/Object;)" + DESCRIPTOR);
    }
}
