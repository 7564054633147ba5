package dev.weft.instrument.describe;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.explain.AwaitState.How;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Names the calls whose results are awaited. */
final class Callees {
    private final IndexedCode code;
    private final Variables variables;

    /** The values at each suspension point, by its index. */
    private final Map<Integer, Snapshot> snapshots = new HashMap<>();

    Callees(MethodFacts facts, Variables variables) {
        this.code = facts.code();
        this.variables = variables;
        for (Snapshot await : facts.stops().awaits()) {
            snapshots.put(await.index(), await);
        }
        for (Snapshot returned : facts.stops().returns()) {
            snapshots.putIfAbsent(returned.index(), returned);
        }
    }

    /** Returns the values at a suspension point; null if there are none. */
    @Nullable Snapshot snapshot(SuspensionPoint point) {
        return snapshots.get(point.index());
    }

    /** Returns the way in which compiled code awaits. */
    How how(SuspensionPoint point) {
        if (point.use() != Use.VALUE) {
            return How.RETURNED;
        }
        if (point.direct() != null) {
            return How.DIRECT;
        }
        if (call(point) instanceof MethodInsnNode call) {
            if (Abi.isEmitting(call) && !Abi.isHasNext(call)) {
                return How.EMIT;
            }
            if (Abi.isClosed(call)) {
                return How.CLOSE;
            }
        }
        return point.call() == null ? How.AWAIT : How.RUNTIME;
    }

    /** Returns {@code Prices.fetch}, or a description of a value that no call returns. */
    String of(SuspensionPoint point) {
        DirectCall direct = point.direct();
        if (direct != null) {
            return of(direct);
        }
        AbstractInsnNode source = call(point);
        if (source instanceof MethodInsnNode call) {
            return Abi.isEmitting(call) || Abi.isClosed(call) ? "" : of(call);
        }
        return point.use() == Use.VALUE ? described(point) : "another coroutine";
    }

    static String of(DirectCall direct) {
        return name(direct.callee().owner(), direct.callee().name());
    }

    static String of(MethodInsnNode call) {
        return name(call.owner, call.name);
    }

    private static String name(String owner, String name) {
        return Types.ofClass(owner) + "." + (name.startsWith("lambda$") ? "(lambda)" : name);
    }

    /** Returns the call just before an await, or the call whose result is returned. */
    private @Nullable AbstractInsnNode call(SuspensionPoint point) {
        MethodInsnNode included = point.call();
        if (included != null) {
            return included;
        }
        if (point.use() != Use.VALUE) {
            return code.get(point.index());
        }
        int before = code.straightBefore(point.index());
        if (before >= 0 && point.dropsClass()) {
            before = code.straightBefore(before);
        }
        if (before >= 0 && code.get(before).getOpcode() == Opcodes.CHECKCAST) {
            before = code.straightBefore(before);
        }
        return before >= 0 && code.get(before) instanceof MethodInsnNode call ? call : null;
    }

    private String described(SuspensionPoint point) {
        Snapshot state = snapshot(point);
        if (state == null) {
            return "a value";
        }
        List<Value> stack = state.stack();
        Value awaited = stack.get(stack.size() - (point.dropsClass() ? 2 : 1));
        int slot = state.locals().indexOf(awaited);
        if (slot >= 0) {
            return variables.name(slot, point.index());
        }
        AbstractInsnNode source = awaited.source;
        if (source instanceof FieldInsnNode field) {
            return field.name;
        }
        return source instanceof MethodInsnNode call
                ? of(call)
                : "(" + Types.ofVerificationType(awaited.type) + ")";
    }
}
