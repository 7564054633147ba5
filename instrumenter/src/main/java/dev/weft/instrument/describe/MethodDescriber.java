package dev.weft.instrument.describe;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.analysis.Paths;
import dev.weft.instrument.diagnose.Wording;
import dev.weft.instrument.explain.AwaitState;
import dev.weft.instrument.explain.MethodStates;
import dev.weft.instrument.explain.MethodStates.Step;
import dev.weft.instrument.explain.MethodStates.TailCall;
import dev.weft.instrument.explain.Sizes;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.ReturnPlan;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.read.CodeSizes;
import dev.weft.instrument.read.Lambdas;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Describes one body: its plan, together with the facts that led to the plan. */
public final class MethodDescriber {
    private final MethodFacts facts;
    private final BodyPlan plan;
    private final IndexedCode code;
    private final Paths paths;
    private final List<SuspensionPoint> points;

    /** The states by the indexes of their awaits; the end by the size of the code. */
    private final Map<Integer, Integer> states = new HashMap<>();

    private final BitSet stops = new BitSet();

    private MethodDescriber(MethodFacts facts, BodyPlan plan) {
        this.facts = facts;
        this.plan = plan;
        this.code = facts.code();
        this.paths = new Paths(code, facts.blocks());
        this.points = plan.edits().points();
        for (SuspensionPoint point : points) {
            states.put(point.index(), point.state());
            stops.set(point.index());
        }
        states.put(code.size(), Step.END);
    }

    /**
     * Describes a body.
     *
     * @param before the sizes of the class as javac wrote it
     * @param after the sizes of the compiled class
     */
    public static MethodStates describe(
            MethodFacts facts, BodyPlan plan, CodeSizes before, CodeSizes after) {
        return new MethodDescriber(facts, plan).describe(before, after);
    }

    private MethodStates describe(CodeSizes before, CodeSizes after) {
        MethodNode method = code.method();
        Sizes sizes =
                new Sizes(
                        before.of(method.name, method.desc),
                        after.of(method.name, plan.layout().descriptor()),
                        after.of(method.name, method.desc),
                        FrameSize.of(plan.frameClass().fields()));
        Omissions omissions = new Omissions(paths);
        return new MethodStates(
                method.name,
                title(method),
                code.firstLine(),
                lastLine(),
                Abi.returnsStream(method.desc),
                awaits(omissions),
                steps(omissions),
                tailCalls(),
                Loops.in(code, states, omissions),
                sizes,
                omissions.note());
    }

    private static String title(MethodNode method) {
        return Lambdas.isNamedAsBody(method)
                ? Wording.name(method)
                : method.name + Types.parameters(method.desc);
    }

    private int lastLine() {
        int last = 0;
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i) instanceof LineNumberNode line) {
                last = Math.max(last, line.line);
            }
        }
        return last;
    }

    private List<AwaitState> awaits(Omissions omissions) {
        Variables variables = new Variables(code);
        Callees callees = new Callees(facts, variables);
        SavedValues saved = new SavedValues(variables, callees, plan, paths);
        List<AwaitState> awaits = new ArrayList<>();
        for (SuspensionPoint point : points) {
            awaits.add(
                    new AwaitState(
                            point.state(),
                            code.lineOf(point.index()),
                            callees.of(point),
                            callees.how(point),
                            saved.at(point)));
            omissions.afterLinesOf(point.state());
        }
        return awaits;
    }

    private List<Step> steps(Omissions omissions) {
        List<Step> steps = new ArrayList<>();
        addSteps(0, -1, steps);
        omissions.afterStepsFrom(0);
        for (SuspensionPoint point : points) {
            addSteps(point.state(), point.index(), steps);
            omissions.afterStepsFrom(point.state());
        }
        return steps;
    }

    private void addSteps(int state, int after, List<Step> steps) {
        BitSet next = paths.stopsAfter(after, stops, false);
        BitSet failed = paths.stopsAfter(after, stops, true);
        for (int i = failed.nextSetBit(0); i >= 0; i = failed.nextSetBit(i + 1)) {
            steps.add(new Step(state, states.getOrDefault(i, Step.END), !next.get(i)));
        }
    }

    private List<TailCall> tailCalls() {
        List<TailCall> calls = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i).getOpcode() == Opcodes.ARETURN
                    && plan.edits().at(i) instanceof ReturnPlan returned) {
                DirectCall direct = returned.direct();
                if (direct != null) {
                    calls.add(new TailCall(code.lineOf(i), Callees.of(direct), true));
                } else if (returned.way() == ReturnPlan.Way.TAIL) {
                    calls.add(new TailCall(code.lineOf(i), returnedCall(i), false));
                }
            }
        }
        return calls;
    }

    private String returnedCall(int index) {
        int before = code.straightBefore(index);
        return before >= 0 && code.get(before) instanceof MethodInsnNode call
                ? Callees.of(call)
                : "another coroutine";
    }
}
