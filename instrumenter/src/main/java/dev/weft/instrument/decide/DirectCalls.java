package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.abi.NumberType;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.KnownCalls;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.analysis.Parameters;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.plan.Callee;
import dev.weft.instrument.plan.Slots;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Decides which calls of a class become calls of bodies, and which parameters these bodies have.
 */
public final class DirectCalls {
    private static final int NOWHERE = -1;

    /** The largest number of units of arguments; with the body's own, the JVM allows 255. */
    private static final int LIMIT = 240;

    private final String owner;
    private final boolean isInterface;
    private final KnownCalls calls;
    private final Map<MethodNode, Callee> callees = new HashMap<>();

    private DirectCalls(ParsedClass parsed, KnownCalls calls) {
        this.owner = parsed.name();
        this.isInterface = (parsed.node().access & Opcodes.ACC_INTERFACE) != 0;
        this.calls = calls;
    }

    /** Decides that no call becomes direct. */
    public static DirectCalls none(ParsedClass parsed) {
        return new DirectCalls(parsed, KnownCalls.none(parsed));
    }

    /**
     * Decides.
     *
     * @param bodies all bodies of the class
     * @param frameClasses the names of their frame classes, in the same order
     * @param apart those that neither make direct calls nor receive any
     */
    public static DirectCalls of(
            ParsedClass parsed,
            List<MethodFacts> bodies,
            List<String> frameClasses,
            Set<MethodNode> apart) {
        List<MethodFacts> others = new ArrayList<>(bodies.size());
        for (MethodFacts body : bodies) {
            if (!apart.contains(body.code().method())) {
                others.add(body);
            }
        }
        KnownCalls known = KnownCalls.find(parsed, others, DirectCalls::fits);
        DirectCalls calls = new DirectCalls(parsed, known);
        for (int i = 0; i < bodies.size(); i++) {
            if (known.isTarget(bodies.get(i).code().method())) {
                calls.addCallee(bodies.get(i), frameClasses.get(i));
            }
        }
        return calls;
    }

    private static boolean fits(MethodFacts body) {
        int units = Parameters.units(body.code().method());
        Slots slots = SlotPlanner.planDirect(body.code().locals(), units);
        return slots.hasArguments() && units + slots.fillers() <= LIMIT;
    }

    /** Returns the body as others call it; null if no other does. */
    @Nullable Callee callee(MethodNode method) {
        return callees.get(method);
    }

    /** Returns whether the body makes direct calls or receives any. */
    public boolean concern(MethodNode method) {
        return calls.concern(method);
    }

    KnownCalls calls() {
        return calls;
    }

    private void addCallee(MethodFacts body, String frameClass) {
        MethodNode method = body.code().method();
        Slots slots = SlotPlanner.planDirect(body.code().locals(), Parameters.units(method));
        List<Object> parameters = SlotPlanner.directParameters(slots, owner, method, frameClass);
        String descriptor = SlotPlanner.directDescriptor(slots, owner, method, frameClass);
        callees.put(
                method,
                new Callee(
                        owner,
                        isInterface,
                        method.name,
                        descriptor,
                        parameters,
                        slots,
                        returnsNumbers(body.code())));
    }

    /** Returns whether any return gives a number or the result of another coroutine. */
    private static boolean returnsNumbers(IndexedCode code) {
        BitSet turns = code.turns();
        for (int i = turns.nextSetBit(0); i >= 0; i = turns.nextSetBit(i + 1)) {
            if (code.get(i).getOpcode() == Opcodes.ARETURN
                    && !isOtherValue(code, code.straightBefore(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOtherValue(IndexedCode code, int factory) {
        if (factory == NOWHERE || !(code.get(factory) instanceof MethodInsnNode call)) {
            return false;
        }
        int value = code.straightBefore(factory);
        return Abi.isCoroutineDone(call)
                || (Abi.isCoroutineOf(call)
                        && (value < 0 || NumberType.boxedBy(code.get(value)) == null));
    }
}
