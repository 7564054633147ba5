package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Builds the graph of the values that may be coroutines, and marks those that are returned. */
final class CoroutineFlow implements TypeSimulation.Watcher, ValueFlow.Filter {
    /** A returned value, its node, and the index of the areturn. */
    record Return(int node, int index) {}

    private final ValueFlow flow;
    private final List<Return> returns = new ArrayList<>();

    CoroutineFlow(IndexedCode code, Blocks blocks, Liveness liveness) {
        this.flow = new ValueFlow(code, blocks, liveness, this);
    }

    ValueFlow values() {
        return flow;
    }

    List<Return> returns() {
        return returns;
    }

    /**
     * Returns whether an instruction is a call that may make a coroutine, and not a constructor.
     */
    static boolean isCall(AbstractInsnNode insn) {
        return insn instanceof InvokeDynamicInsnNode
                || (insn instanceof MethodInsnNode call && !call.name.equals("<init>"));
    }

    @Override
    public boolean hasNode(Value value) {
        return value.type instanceof String type
                ? type.equals(Abi.COROUTINE)
                        || type.equals(Abi.OBJECT)
                        || type.equals(Abi.AWAITABLE)
                : value.isNull();
    }

    @Override
    public void before(int index, AbstractInsnNode instruction, AbstractState state) {
        flow.before(index, instruction, state);
        if (instruction.getOpcode() == Opcodes.ARETURN && flow.isTracked(state.peek(0))) {
            int node = flow.graph().add();
            flow.graph().connect(flow.node(state.peek(0)), node);
            returns.add(new Return(node, index));
        }
    }

    @Override
    public void after(int index, AbstractInsnNode instruction, AbstractState state) {
        flow.after(index, instruction, state);
    }

    @Override
    public Value copied(AbstractInsnNode access, Value value) {
        return flow.copied(access, value);
    }

    @Override
    public void cast(Value from, Value to) {
        flow.cast(from, to);
    }

    @Override
    public void used(Value value) {
        flow.used(value);
    }
}
