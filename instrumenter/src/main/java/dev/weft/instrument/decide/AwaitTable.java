package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.BodyPlan.Home;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.Iterator;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Writes the table that {@code Frame.table} returns: class, method and file, then for each await
 * its line and, where a call returns the awaited value, that call.
 */
final class AwaitTable {
    /** The size in characters beyond which calls are left out; a string takes 65,535 bytes. */
    private static final int LIMIT = 15_000;

    private AwaitTable() {}

    static String of(Home home, MethodFacts facts, List<Crossing> crossings) {
        Iterator<Snapshot> awaits = facts.stops().awaits().iterator();
        StringBuilder table = new StringBuilder(home.name().replace('/', '.'));
        table.append('\n').append(home.method().name).append('\n').append(home.sourceFile());
        char separator = '\n';
        for (Crossing crossing : crossings) {
            table.append(separator).append(facts.code().lineOf(crossing.index()));
            if (crossing.use() == Use.VALUE) {
                String call = call(awaited(crossing, awaits.next()), facts.code());
                table.append(table.length() < LIMIT ? call : "");
            }
            separator = ',';
        }
        return crossings.isEmpty() ? table.append('\n').toString() : table.toString();
    }

    private static Value awaited(Crossing crossing, Snapshot await) {
        List<Value> stack = await.stack();
        return stack.get(stack.size() - (crossing.dropsClass() ? 2 : 1));
    }

    /** Returns {@code :Prices.load} for a result of a call; empty for other values. */
    private static String call(Value awaited, IndexedCode code) {
        AbstractInsnNode source = awaited.source;
        if (source != null && source.getOpcode() == Opcodes.CHECKCAST) {
            int before = code.straightBefore(code.indexOf(source));
            source = before < 0 ? null : code.get(before);
        }
        // The runtime's own methods do not return null.
        return source instanceof MethodInsnNode call
                        && !Abi.isRuntime(call.owner)
                        && !call.name.startsWith("<")
                ? ":" + simple(call.owner) + "." + call.name.replace(',', '_')
                : "";
    }

    private static String simple(String owner) {
        int end = Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$'));
        return owner.substring(end + 1).replace(',', '_');
    }
}
