package dev.weft.instrument.torture;

import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The kinds of async methods that a {@link Twin} can be. */
enum Way {
    /** A method that awaits everywhere and returns a coroutine. */
    COROUTINES("dev/weft/Coroutine") {
        @Override
        void returned(InsnList code, boolean isVoid, int slot, int count) {
            List<ReturnedCoroutine> ways = ReturnedCoroutine.ALL;
            ways.get(count % ways.size()).make(code, isVoid, slot);
        }

        @Override
        void suspension(InsnList code, int count) {
            await(code);
        }
    },
    /**
     * A generator that emits and awaits everywhere, in turns. The last element but {@code ONCE} is
     * the result of the method.
     */
    GENERATORS("dev/weft/stream/AsyncStream") {
        @Override
        void returned(InsnList code, boolean isVoid, int slot, int count) {
            if (isVoid) {
                code.add(new InsnNode(Opcodes.ACONST_NULL));
            }
            code.add(Twin.call(type, "emit", "(Ljava/lang/Object;)V"));
            code.add(Twin.call(type, "end", "()L" + type + ";"));
        }

        @Override
        void suspension(InsnList code, int count) {
            if (count % 3 == 0) {
                await(code);
            } else {
                once(code);
                code.add(Twin.call(type, "emit", "(Ljava/lang/Object;)V"));
            }
        }
    };

    /** The internal name of what the methods return. */
    final String type;

    Way(String type) {
        this.type = type;
    }

    /** Adds what makes the returned object of the value on the stack, if there is one. */
    abstract void returned(InsnList code, boolean isVoid, int slot, int count);

    /** Adds code that suspends. */
    abstract void suspension(InsnList code, int count);

    /** Creates the call that drives what a twin has returned, and returns the result. */
    MethodInsnNode drive() {
        return Twin.call(type, "toItsEnd", "(L" + type + ";)Ljava/lang/Object;");
    }

    private static void once(InsnList code) {
        String suspension = "dev/weft/Suspension";
        code.add(new FieldInsnNode(Opcodes.GETSTATIC, suspension, "ONCE", "L" + suspension + ";"));
    }

    private static void await(InsnList code) {
        once(code);
        code.add(Twin.call("dev/weft/Weft", "await", "(Ldev/weft/Awaitable;)Ljava/lang/Object;"));
        code.add(new InsnNode(Opcodes.POP));
    }
}
