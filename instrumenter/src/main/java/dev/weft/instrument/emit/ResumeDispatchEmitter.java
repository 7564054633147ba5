package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlan.Argument;
import dev.weft.instrument.plan.BodyPlan.CalledFrames;
import dev.weft.instrument.plan.ResumeDispatch;
import dev.weft.instrument.plan.ResumeNode;
import dev.weft.instrument.plan.ResumeNode.Case;
import dev.weft.instrument.plan.ResumeNode.Choice;
import dev.weft.instrument.plan.ResumeNode.FirstStep;
import dev.weft.instrument.plan.ResumeNode.Resume;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Writes the dispatch, which precedes the source's code. It belongs to no source line, so no
 * debugger stops there. All its jumps go forward.
 */
final class ResumeDispatchEmitter {
    /**
     * A node to which a jump leads, the label of its code, and the slot that holds the frame there.
     */
    private record Pending(ResumeNode node, Label label, int frameSlot) {}

    private final BodyCode body;
    private final ResumeDispatch dispatch;
    private final Slots slots;
    private final CodeWriter code;
    private final SharedResumeEmitter resumes;
    private final SaveLadderEmitter saves;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private @Nullable Pending first;

    ResumeDispatchEmitter(BodyCode body, SaveLadderEmitter saves) {
        this.body = body;
        this.dispatch = body.plan().entry();
        this.slots = body.slots();
        this.code = body.writer();
        this.resumes = new SharedResumeEmitter(body);
        this.saves = saves;
    }

    /**
     * Writes the dispatch, then the code that awaits share to save values. The source's first
     * instruction follows.
     *
     * <pre>{@code
     * static Object body(Frames frame, int start, Task task, Object value) {
     *     a = frame...;                        // shared by every branch
     *     if (state == 2) { c = frame...; goto resumption2; }
     *     b = frame...;                        // shared by all others
     *     if (state == 0) goto first;
     *     c = frame...; goto resumption1;
     *     first: d = frame...; // reached without a jump if no code is in between
     *     ...
     * }
     * }</pre>
     *
     * or a table in place of the tests.
     */
    void emit() {
        CalledFrames frames = body.plan().layout().called();
        Label called = frames == null ? null : firstCall(frames);
        ResumeNode root = dispatch.root();
        if (root != null) {
            node(root, slots.entry());
        }
        while (!pending.isEmpty()) {
            begin(pending.removeFirst());
        }
        saves.emit();
        if (first != null) {
            begin(first);
        }
        if (frames != null && called != null) {
            code.mark(called, frames.firstStep());
        }
    }

    /**
     * Writes the entry of a body that others call. Its start is 0 if it is called beyond the
     * largest depth.
     *
     * @return where the first step begins; null if it follows, because the body calls nothing
     */
    private @Nullable Label firstCall(CalledFrames frames) {
        BodyPlan plan = body.plan();
        if (!plan.calls()) {
            return null;
        }
        Label called = new Label();
        code.load(Kind.INT, slots.start()).jump(Opcodes.IFLT, called);
        Label resumed = new Label();
        if (dispatch.root() != null) {
            code.load(Kind.INT, slots.start()).jump(Opcodes.IFNE, resumed);
        }
        code.type(Opcodes.NEW, body.frameClass()).op(Opcodes.DUP);
        for (Argument argument : plan.frameClass().captured()) {
            code.load(argument.field().kind, argument.slot());
        }
        code.invoke(
                        Opcodes.INVOKESPECIAL,
                        body.frameClass(),
                        "<init>",
                        plan.frameClass().constructor(),
                        false)
                .load(Kind.REFERENCE, slots.task())
                .invokeStatic(Abi.FRAME, Abi.TOO_DEEP, Abi.TOO_DEEP_DESCRIPTOR)
                .op(Opcodes.ARETURN);
        if (dispatch.root() != null) {
            code.mark(resumed, frames.resumed());
        }
        return called;
    }

    private void begin(Pending begun) {
        code.mark(begun.label(), begun.node().entered());
        node(begun.node(), begun.frameSlot());
    }

    /** Writes a node and those that follow it without a jump. */
    private void node(ResumeNode begun, int frameSlot) {
        ResumeNode node = begun;
        int slot = frameSlot;
        while (node != null) {
            code.restoreLocals(node.restore(), slot, body.frameClass());
            slot = frameSlotAfter(node.restore(), slot);
            if (node instanceof Resume resume) {
                resumes.emit(resume.resume());
            }
            node = node instanceof Choice choice ? choose(choice, slot) : null;
        }
    }

    private int frameSlotAfter(List<Spill> restored, int frameSlot) {
        for (Spill spill : restored) {
            if (slots.isEntry(spill.position())) {
                return slots.frame();
            }
        }
        return frameSlot;
    }

    /** Writes the tests or the table. Returns the node that follows without a jump, if any. */
    private @Nullable ResumeNode choose(Choice choice, int frameSlot) {
        List<Case> cases = choice.cases();
        int last = cases.size() - 1;
        if (choice.table()) {
            table(choice, frameSlot);
            return null;
        }
        if (dispatch.firstFollows() && cases.get(0).node() instanceof FirstStep firstStep) {
            Label resumption = target(cases.get(last).node(), frameSlot);
            code.load(Kind.INT, slots.start()).jump(Opcodes.IFGT, resumption);
            return firstStep;
        }
        for (Case next : cases.subList(0, last)) {
            test(next, target(next.node(), frameSlot));
        }
        return cases.get(last).node();
    }

    private void test(Case tested, Label target) {
        if (tested.upTo()) {
            int highest = tested.states().get(tested.states().size() - 1);
            code.load(Kind.INT, slots.start()).push(highest).jump(Opcodes.IF_ICMPLE, target);
        } else {
            for (int state : tested.states()) {
                code.jumpIfState(slots.start(), state, target);
            }
        }
    }

    private void table(Choice choice, int frameSlot) {
        int lowest = Integer.MAX_VALUE;
        int highest = 0;
        for (Case next : choice.cases()) {
            for (int state : next.states()) {
                lowest = state == 0 ? lowest : Math.min(lowest, state);
                highest = Math.max(highest, state);
            }
        }
        Label[] targets = new Label[choice.cases().size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = target(choice.cases().get(i).node(), frameSlot);
        }
        Label otherwise = targets[targets.length - 1];
        Label[] labels = new Label[highest - lowest + 1];
        Arrays.fill(labels, otherwise);
        for (int i = 0; i < targets.length; i++) {
            for (int state : choice.cases().get(i).states()) {
                if (state > 0) {
                    labels[state - lowest] = targets[i];
                }
            }
        }
        code.load(Kind.INT, slots.start()).table(lowest, labels, otherwise);
    }

    /** Returns the label of a node: that of its only await, or that of code to be written later. */
    private Label target(ResumeNode node, int frameSlot) {
        if (node instanceof Resume resume && resume.direct()) {
            return body.resumption(resume.resume().steps().get(0).states().get(0));
        }
        Pending later = new Pending(node, new Label(), frameSlot);
        if (node instanceof FirstStep) {
            first = later;
        } else {
            pending.addLast(later);
        }
        return later.label();
    }
}
