package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.read.Lambdas;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The awaited and returned calls whose target is known: an async method of the same class that
 * nothing can override, or a lambda that is called where it is made.
 */
public final class KnownCalls {
    /**
     * A call whose target is known.
     *
     * @param call its index
     * @param erased the instructions that a call of the body does not need
     * @param receiver the state before the call if its receiver may be null; null otherwise
     */
    public record Site(
            MethodNode target, int call, List<Integer> erased, @Nullable Snapshot receiver) {}

    private final String owner;

    /** The bodies that may be called, by name and descriptor of their methods. */
    private final Map<String, MethodFacts> callable = new HashMap<>();

    /** By caller, and by index of the await, or of the call if that is returned. */
    private final Map<MethodNode, Map<Integer, Site>> sites = new HashMap<>();

    private final Set<MethodNode> targets = new HashSet<>();

    private KnownCalls(ParsedClass parsed) {
        this.owner = parsed.name();
    }

    /** Returns a result without any call. */
    public static KnownCalls none(ParsedClass parsed) {
        return new KnownCalls(parsed);
    }

    /**
     * Finds the calls.
     *
     * @param bodies all bodies of the class
     * @param callable whether a body can be called
     */
    public static KnownCalls find(
            ParsedClass parsed, List<MethodFacts> bodies, Predicate<MethodFacts> callable) {
        KnownCalls calls = new KnownCalls(parsed);
        boolean isFinal = (parsed.node().access & Opcodes.ACC_FINAL) != 0;
        for (MethodFacts body : bodies) {
            MethodNode method = body.code().method();
            if (isKnown(method, isFinal) && callable.test(body)) {
                calls.callable.put(method.name + method.desc, body);
            }
        }
        for (MethodFacts body : bodies) {
            calls.collect(body);
        }
        return calls;
    }

    /** Returns whether any call goes to the body of this method. */
    public boolean isTarget(MethodNode method) {
        return targets.contains(method);
    }

    /** Returns whether any call is in the body of this method, or goes to it. */
    public boolean concern(MethodNode method) {
        return sites.containsKey(method) || isTarget(method);
    }

    private static boolean isKnown(MethodNode method, boolean isFinalClass) {
        int fixed = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
        return isFinalClass || (method.access & fixed) != 0;
    }

    /** Returns the call at an await, or at a call that is returned, or null. */
    public @Nullable Site at(MethodNode caller, int index) {
        Map<Integer, Site> ofCaller = sites.get(caller);
        return ofCaller == null ? null : ofCaller.get(index);
    }

    private void collect(MethodFacts body) {
        Map<Integer, Site> found = new HashMap<>();
        IndexedCode code = body.code();
        for (Snapshot await : body.stops().awaits()) {
            add(awaited(body, await.index()), await.index(), found);
        }
        for (Snapshot returned : body.stops().returns()) {
            add(site(body, returned.index(), List.of()), returned.index(), found);
        }
        BitSet turns = code.turns();
        for (int i = turns.nextSetBit(0); i >= 0; i = turns.nextSetBit(i + 1)) {
            int call = code.get(i).getOpcode() == Opcodes.ARETURN ? code.straightBefore(i) : -1;
            if (call >= 0 && body.blocks().haveSameHandlers(call, i)) {
                add(site(body, call, List.of()), call, found);
            }
        }
        if (!found.isEmpty()) {
            sites.put(code.method(), found);
            for (Site site : found.values()) {
                targets.add(site.target());
            }
        }
    }

    private static void add(@Nullable Site site, int index, Map<Integer, Site> to) {
        if (site != null) {
            to.put(index, site);
        }
    }

    private @Nullable Site awaited(MethodFacts body, int await) {
        IndexedCode code = body.code();
        int call = code.straightBefore(await);
        List<Integer> erased = new ArrayList<>(0);
        if (call >= 0 && Abi.isThrowingAwait((MethodInsnNode) code.get(await))) {
            if (!(code.get(call) instanceof LdcInsnNode)) {
                return null;
            }
            erased.add(call);
            call = code.straightBefore(call);
        }
        return call >= 0 && body.blocks().haveSameHandlers(call, await)
                ? site(body, call, erased)
                : null;
    }

    private @Nullable Site site(MethodFacts body, int index, List<Integer> erased) {
        IndexedCode code = body.code();
        if (!(code.get(index) instanceof MethodInsnNode call) || !Abi.returnsCoroutine(call.desc)) {
            return null;
        }
        MethodFacts target = call.owner.equals(owner) ? callable.get(call.name + call.desc) : null;
        if (target == null) {
            return lambda(body, index, call, erased);
        }
        MethodNode method = target.code().method();
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        if (isStatic != (call.getOpcode() == Opcodes.INVOKESTATIC)) {
            return null; // invalid code; the JVM will say so
        }
        if (isStatic) {
            return new Site(method, index, erased, null);
        }
        Snapshot before = body.ownCall(index);
        if (before == null) {
            return null;
        }
        int arguments = Type.getArgumentTypes(call.desc).length;
        if (isThis(code, before, arguments)) {
            return new Site(method, index, erased, null);
        }
        return arguments == 0 ? new Site(method, index, erased, before) : null;
    }

    private static boolean isThis(IndexedCode code, Snapshot before, int arguments) {
        int receiver = before.stack().size() - 1 - arguments;
        return code.keepsThis() && before.stack().get(receiver) == before.locals().get(0);
    }

    /** Returns the call of a lambda that the instruction before has just made. */
    private @Nullable Site lambda(
            MethodFacts body, int index, MethodInsnNode call, List<Integer> erased) {
        int making = body.code().straightBefore(index);
        if (call.getOpcode() != Opcodes.INVOKEINTERFACE
                || making < 0
                || !(body.code().get(making) instanceof InvokeDynamicInsnNode lambda)
                || !Lambdas.isLambda(lambda)
                || !lambda.name.equals(call.name)
                || !lambda.bsmArgs[0].equals(Type.getMethodType(call.desc))) {
            return null;
        }
        Handle handle = Lambdas.implementation(lambda);
        MethodFacts target =
                handle.getOwner().equals(owner)
                        ? callable.get(handle.getName() + handle.getDesc())
                        : null;
        if (target == null || !takesCaptured(target.code().method(), lambda)) {
            return null;
        }
        List<Integer> both = new ArrayList<>(erased);
        both.add(making);
        return body.blocks().haveSameHandlers(making, index)
                ? new Site(target.code().method(), index, both, null)
                : null;
    }

    /** Returns whether the captured values are all the arguments of the lambda's body. */
    private boolean takesCaptured(MethodNode method, InvokeDynamicInsnNode lambda) {
        return lambda.desc.startsWith("(" + Parameters.descriptors(owner, method) + ")");
    }
}
