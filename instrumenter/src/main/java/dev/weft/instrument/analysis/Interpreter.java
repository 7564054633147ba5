package dev.weft.instrument.analysis;

import static org.objectweb.asm.Opcodes.*;

import dev.weft.instrument.model.Value;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Applies single instructions to the types of locals and stack, as the verifier does (JVMS
 * 4.10.1.9), for code that is known to verify.
 */
final class Interpreter {
    private final AbstractState state;
    private final TypeSimulation.Watcher watcher;

    Interpreter(AbstractState state, TypeSimulation.Watcher watcher) {
        this.state = state;
        this.watcher = watcher;
    }

    void execute(AbstractInsnNode insn) {
        int opcode = insn.getOpcode();
        if (opcode >= ILOAD && opcode <= ALOAD) {
            state.push(watcher.copied(insn, state.local(((VarInsnNode) insn).var)));
        } else if (opcode >= ISTORE && opcode <= ASTORE) {
            state.store(((VarInsnNode) insn).var, watcher.copied(insn, state.pop()));
        } else if (opcode >= GETSTATIC) {
            executeObject(insn, opcode);
        } else if (opcode >= POP && opcode <= SWAP) {
            executeStack(opcode);
        } else if (opcode >= IADD) {
            executeArithmetic(insn, opcode);
        } else {
            executeArrayOrConstant(insn, opcode);
        }
    }

    private void executeStack(int opcode) {
        switch (opcode) {
            case POP -> state.pop();
            case POP2 -> {
                if (state.pop().size() == 1) {
                    state.pop();
                }
            }
            case DUP -> state.duplicate(1, 0);
            case DUP_X1 -> state.duplicate(1, 1);
            case DUP_X2 -> state.duplicate(1, 2);
            case DUP2 -> state.duplicate(2, 0);
            case DUP2_X1 -> state.duplicate(2, 1);
            case DUP2_X2 -> state.duplicate(2, 2);
            default -> {
                Value top = state.pop();
                Value below = state.pop();
                state.push(top);
                state.push(below);
            }
        }
    }

    private void executeArrayOrConstant(AbstractInsnNode insn, int opcode) {
        switch (opcode) {
            case ACONST_NULL -> push(NULL, insn);
            case LCONST_0, LCONST_1 -> push(LONG, insn);
            case FCONST_0, FCONST_1, FCONST_2 -> push(FLOAT, insn);
            case DCONST_0, DCONST_1 -> push(DOUBLE, insn);
            case LDC -> push(constantType(((LdcInsnNode) insn).cst), insn);
            case IALOAD, BALOAD, CALOAD, SALOAD -> replace(2, INTEGER, insn);
            case LALOAD -> replace(2, LONG, insn);
            case FALOAD -> replace(2, FLOAT, insn);
            case DALOAD -> replace(2, DOUBLE, insn);
            case AALOAD -> replace(2, elementType(state.peek(1)), insn);
            case IASTORE, LASTORE, FASTORE, DASTORE, AASTORE, BASTORE, CASTORE, SASTORE -> use(3);
            default -> {
                if (opcode >= ICONST_M1 && opcode <= SIPUSH) {
                    push(INTEGER, insn);
                }
            }
        }
    }

    private void executeArithmetic(AbstractInsnNode insn, int opcode) {
        switch (opcode) {
            case IADD, ISUB, IMUL, IDIV, IREM, ISHL, ISHR, IUSHR, IAND, IOR, IXOR ->
                    replace(2, INTEGER, insn);
            case LADD, LSUB, LMUL, LDIV, LREM, LSHL, LSHR, LUSHR, LAND, LOR, LXOR ->
                    replace(2, LONG, insn);
            case FADD, FSUB, FMUL, FDIV, FREM -> replace(2, FLOAT, insn);
            case DADD, DSUB, DMUL, DDIV, DREM -> replace(2, DOUBLE, insn);
            case LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> replace(2, INTEGER, insn);
            case INEG, L2I, F2I, D2I, I2B, I2C, I2S -> replace(1, INTEGER, insn);
            case LNEG, I2L, F2L, D2L -> replace(1, LONG, insn);
            case FNEG, I2F, L2F, D2F -> replace(1, FLOAT, insn);
            case DNEG, I2D, L2D, F2D -> replace(1, DOUBLE, insn);
            case IINC -> state.store(((IincInsnNode) insn).var, new Value(INTEGER, insn));
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, TABLESWITCH, LOOKUPSWITCH -> use(1);
            case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE -> use(2);
            case IF_ACMPEQ, IF_ACMPNE -> compare();
            case IRETURN, LRETURN, FRETURN, DRETURN, ARETURN -> state.pop();
            case GOTO, RETURN -> {}
            default -> throw new IllegalStateException("opcode " + opcode);
        }
    }

    private void executeObject(AbstractInsnNode insn, int opcode) {
        switch (opcode) {
            case GETSTATIC -> push(fieldType(insn), insn);
            case PUTSTATIC, ATHROW, MONITORENTER, MONITOREXIT -> use(1);
            case IFNULL, IFNONNULL -> state.pop();
            case GETFIELD -> replace(1, fieldType(insn), insn);
            case PUTFIELD -> use(2);
            case INVOKEVIRTUAL, INVOKESPECIAL, INVOKESTATIC, INVOKEINTERFACE ->
                    invoke((MethodInsnNode) insn);
            case INVOKEDYNAMIC -> call(((InvokeDynamicInsnNode) insn).desc, insn);
            case NEW -> {
                state.forget((TypeInsnNode) insn);
                push(insn, insn);
            }
            case NEWARRAY -> replace(1, arrayType(((IntInsnNode) insn).operand), insn);
            case ANEWARRAY -> replace(1, arrayOf(((TypeInsnNode) insn).desc), insn);
            case ARRAYLENGTH -> replace(1, INTEGER, insn);
            case INSTANCEOF -> {
                state.pop();
                push(INTEGER, insn);
            }
            case CHECKCAST -> {
                Value cast = new Value(((TypeInsnNode) insn).desc, insn);
                watcher.cast(state.pop(), cast);
                state.push(cast);
            }
            case MULTIANEWARRAY -> {
                MultiANewArrayInsnNode array = (MultiANewArrayInsnNode) insn;
                replace(array.dims, array.desc, insn);
            }
            default -> throw new IllegalStateException("opcode " + opcode);
        }
    }

    private void invoke(MethodInsnNode call) {
        int arguments = Type.getArgumentCount(call.desc);
        if (call.name.equals("<init>")) {
            use(arguments);
            Value object = state.pop();
            TypeInsnNode allocation = object.allocation();
            if (allocation != null) {
                state.initialise(object, new Value(allocation.desc, call));
            }
            return;
        }
        use(arguments);
        if (call.getOpcode() != INVOKESTATIC) {
            use(1);
        }
        pushResult(call.desc, call);
    }

    private void call(String descriptor, AbstractInsnNode insn) {
        use(Type.getArgumentCount(descriptor));
        pushResult(descriptor, insn);
    }

    private void pushResult(String descriptor, AbstractInsnNode insn) {
        int result = descriptor.indexOf(')') + 1;
        if (descriptor.charAt(result) != 'V') {
            push(Value.verificationType(descriptor, result), insn);
        }
    }

    private void push(Object type, AbstractInsnNode insn) {
        state.push(new Value(type, insn));
    }

    private void replace(int operands, Object type, AbstractInsnNode insn) {
        use(operands);
        push(type, insn);
    }

    /** Compares two references. A comparison with the null constant does not count as a use. */
    private void compare() {
        if (state.peek(0).isNull() || state.peek(1).isNull()) {
            state.pop();
            state.pop();
        } else {
            use(2);
        }
    }

    private void use(int operands) {
        for (int i = 0; i < operands; i++) {
            watcher.used(state.pop());
        }
    }

    private static Object fieldType(AbstractInsnNode insn) {
        return Value.verificationType(((FieldInsnNode) insn).desc, 0);
    }

    private static Object elementType(Value array) {
        if (array.isNull()) {
            return NULL;
        }
        return Value.verificationType((String) array.type, 1);
    }

    private static String arrayOf(String elementName) {
        return elementName.startsWith("[") ? "[" + elementName : "[L" + elementName + ";";
    }

    private static String arrayType(int operand) {
        return switch (operand) {
            case T_BOOLEAN -> "[Z";
            case T_CHAR -> "[C";
            case T_FLOAT -> "[F";
            case T_DOUBLE -> "[D";
            case T_BYTE -> "[B";
            case T_SHORT -> "[S";
            case T_INT -> "[I";
            default -> "[J";
        };
    }

    private static Object constantType(Object constant) {
        if (constant instanceof Integer) {
            return INTEGER;
        } else if (constant instanceof Float) {
            return FLOAT;
        } else if (constant instanceof Long) {
            return LONG;
        } else if (constant instanceof Double) {
            return DOUBLE;
        } else if (constant instanceof String) {
            return "java/lang/String";
        } else if (constant instanceof Handle) {
            return "java/lang/invoke/MethodHandle";
        } else if (constant instanceof ConstantDynamic dynamic) {
            return Value.verificationType(dynamic.getDescriptor(), 0);
        }
        return ((Type) constant).getSort() == Type.METHOD
                ? "java/lang/invoke/MethodType"
                : "java/lang/Class";
    }
}
