package dev.weft.instrument.diagnose;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.Blocks;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.analysis.Monitors;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.model.Problem;
import dev.weft.instrument.read.Methods;
import dev.weft.instrument.read.WeftTests;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The errors: code that is not compiled, with the fix for each. */
public final class Refusals {
    /** The first class files whose interfaces may have static methods. */
    private static final int OLDEST = Opcodes.V1_8;

    /** The largest number of slots (JVMS 4.7.3), less what a body and its calls may add. */
    private static final int MOST_SLOTS = 65_535 - 300;

    private final ParsedClass parsed;
    private final Methods methods;
    private final TestUses testUses;
    private final List<Problem> problems = new ArrayList<>();

    private Refusals(ParsedClass parsed, Methods methods) {
        this.parsed = parsed;
        this.methods = methods;
        this.testUses = new TestUses(parsed, methods);
    }

    /** Returns the refusal of a class that is too old to have the frames that bodies need. */
    public static List<Problem> ofVersion(ParsedClass parsed, Methods methods) {
        int version = parsed.node().version & 0xFFFF;
        if (version >= OLDEST || methods.bodies().isEmpty()) {
            return List.of();
        }
        MethodNode body = methods.bodies().get(0);
        String message =
                "the class file has version "
                        + version
                        + ", which is older than Java 8: compile it for Java 17 or later";
        return List.of(Wording.refused(new IndexedCode(body).firstLine(), body, message));
    }

    /** Returns the refusals that need no knowledge of a body's flow. */
    public static List<Problem> of(ParsedClass parsed, Methods methods) {
        Refusals refusals = new Refusals(parsed, methods);
        for (MethodNode method : parsed.node().methods) {
            refusals.check(method);
        }
        return refusals.problems;
    }

    /** Returns the refusals of one body. */
    public static List<Problem> ofBody(MethodFacts facts) {
        IndexedCode code = facts.code();
        MethodNode method = code.method();
        List<Problem> problems = heldAwaits(code, facts.monitors());
        for (int made : facts.returned().locked()) {
            problems.add(Wording.refused(code.lineOf(made), method, RETURNED_LOCKED));
        }
        for (int examined : facts.unfinished().examined()) {
            problems.add(Wording.refused(code.lineOf(examined), method, EXAMINED));
        }
        if (code.locals() + method.maxStack > MOST_SLOTS) {
            problems.add(Wording.refused(code.firstLine(), method, TOO_MANY_SLOTS));
        }
        return problems;
    }

    private static List<Problem> heldAwaits(IndexedCode code, Monitors monitors) {
        List<Problem> problems = new ArrayList<>(0);
        for (int i = code.awaits().nextSetBit(0); i >= 0; i = code.awaits().nextSetBit(i + 1)) {
            if (monitors.isHeldAt(i) && !Waits.closesAfterFailure(code.get(i))) {
                String message =
                        Waits.name(code, i) + MONITOR_HELD + Waits.insteadOfMonitor(code, i);
                problems.add(Wording.refused(code.lineOf(i), code.method(), message));
            }
        }
        return problems;
    }

    private static final String MONITOR_HELD =
            " inside a synchronized block: the monitor would stay locked while other tasks of"
                    + " this thread run, and they could enter the block too. ";

    private static final String RETURNED_LOCKED =
            "a call inside a synchronized block makes a coroutine, which is returned through a try:"
                    + " the try would have to await it while the monitor is held. Await it after the"
                    + " synchronized block, or use a "
                    + Abi.ASYNC_LOCK_NAME
                    + ":"
                    + " await(lock.with(() -> ...))";

    private static final String EXAMINED =
            "an object is compared or locked before its constructor is called, and an await is"
                    + " between: no Java compiler writes such code. Construct the object first";

    private static final String TOO_MANY_SLOTS =
            "the method has almost as many local variables as a class file takes, and its state"
                    + " machine needs a few more: move parts of it into methods of their own";

    private void refuse(MethodNode method, String message) {
        problems.add(Wording.refused(new IndexedCode(method).firstLine(), method, message));
    }

    private void check(MethodNode method) {
        List<String> wrong = wrong(method);
        for (String message : wrong) {
            refuse(method, message);
        }
        if (methods.isBody(method)) {
            problems.addAll(Waits.wrongIn(method, methods.calls(method), methods.isLambda(method)));
        } else {
            if (wrong.isEmpty()) {
                strayAwaits(method);
            } else {
                IndexedCode code = new IndexedCode(method);
                problems.addAll(heldAwaits(code, new Monitors(code, new Blocks(code))));
            }
        }
        problems.addAll(AwaitHandles.wrongIn(method, methods.calls(method)));
        problems.addAll(KotlinUses.in(method, methods.calls(method)));
        problems.addAll(testUses.in(method));
    }

    /** Returns the refusals of the method's declaration. */
    private List<String> wrong(MethodNode method) {
        if (Methods.isBridge(method)) {
            return List.of();
        }
        String test = TestMethods.kind(parsed, method);
        if (test == null || WeftTests.isAsyncTest(parsed.node(), method)) {
            return Methods.isAsync(method) ? wrongAsync(method) : List.of();
        }
        return Methods.isAsync(method) || Methods.isOfAsyncType(method)
                ? List.of(
                        test
                                + " "
                                + method.name
                                + " is asynchronous, but the test framework does not wait for it,"
                                + " so no failure would be seen: "
                                + TestMethods.fix(parsed, method))
                : List.of();
    }

    private List<String> wrongAsync(MethodNode method) {
        List<String> wrong = new ArrayList<>(0);
        String name = "@Async method " + method.name;
        if (!Methods.isOfAsyncType(method)) {
            String returns = name + " returns " + Wording.simple(Wording.returnType(method));
            wrong.add(
                    Waits.emits(methods.calls(method))
                            ? returns + ", but emits: " + Waits.TO_BE_A_GENERATOR
                            : returns
                                    + ", but its caller continues before it has ended: return "
                                    + Wording.coroutineOf(Wording.returnType(method))
                                    + ", or remove @Async");
        }
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            wrong.add(
                    name
                            + " is synchronized, but a monitor cannot be held across an await:"
                            + " remove synchronized, and use a "
                            + Abi.ASYNC_LOCK_NAME
                            + ":"
                            + " await(lock.with(() -> ...))");
        }
        if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            wrong.add(
                    name
                            + " is native, so there is no code to compile: remove @Async, or let"
                            + " another @Async method call it by await(blocking(() -> ...))");
        }
        return wrong;
    }

    private void strayAwaits(MethodNode method) {
        IndexedCode code = null;
        for (AbstractInsnNode insn : methods.calls(method)) {
            if (insn instanceof MethodInsnNode call
                    && Abi.suspends(call)
                    && !Waits.closesAfterFailure(call)) {
                code = code == null ? new IndexedCode(method) : code;
                int line = code.lineOf(code.indexOf(insn));
                problems.add(Wording.refused(line, method, whyNotHere(method, call)));
            }
        }
    }

    private String whyNotHere(MethodNode method, MethodInsnNode call) {
        String waits = Waits.name(call);
        String foreign = Methods.foreignAsync(method);
        if (foreign != null) {
            return waits
                    + " in "
                    + method.name
                    + ", whose annotation is "
                    + foreign
                    + ": Weft's is "
                    + Abi.ASYNC_NAME
                    + "; import that one";
        }
        String place = waits + " in " + Wording.name(method);
        if (Abi.isEmit(call)) {
            return Waits.whyNoEmit(method, methods.isLambda(method));
        }
        if (methods.isLambda(method)) {
            return place
                    + " whose body returns "
                    + Wording.simple(Wording.returnType(method))
                    + ": a lambda can only await if its body returns Coroutine. Pass it to a"
                    + " method that takes an AsyncCallable, or move the await out of it";
        }
        if (method.name.startsWith("<")) {
            return place
                    + ", which cannot suspend: await in a static @Async method that creates the"
                    + " object, or wait for the coroutine with Weft.run outside of a loop";
        }
        String test = TestMethods.kind(parsed, method);
        if (test != null) {
            return place
                    + ", a "
                    + test
                    + ", which cannot suspend: "
                    + TestMethods.fix(parsed, method);
        }
        if (Methods.isOfAsyncType(method)) {
            return place + ", which is not @Async: add @" + Abi.ASYNC_NAME;
        }
        return place
                + ", which is not @Async: let it return "
                + Wording.coroutineOf(Wording.returnType(method))
                + " and add @"
                + Abi.ASYNC_NAME
                + (Wording.isVoid(method) ? ", with return Coroutine.done() at its end" : "")
                + "; outside of a loop, wait with Weft.run";
    }
}
