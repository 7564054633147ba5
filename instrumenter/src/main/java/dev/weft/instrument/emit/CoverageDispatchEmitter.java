package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.ResumeNode;
import dev.weft.instrument.plan.ResumeNode.Case;
import dev.weft.instrument.plan.ResumeNode.Choice;
import dev.weft.instrument.plan.ResumeNode.Resume;
import dev.weft.instrument.plan.SharedResume.ResumeStep;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Writes the dispatch in the coverage shape. JaCoCo ignores the first of the two switches that
 * javac writes for a switch on a string, wherever its cases go.
 */
final class CoverageDispatchEmitter {
    private static final String STRING = "java/lang/String";

    private final BodyCode body;
    private final Slots slots;
    private final CodeWriter code;

    CoverageDispatchEmitter(BodyCode body) {
        this.body = body;
        this.slots = body.slots();
        this.code = body.writer();
    }

    /**
     * Writes the dispatch. The source's first instruction follows.
     *
     * <pre>{@code
     * key = Suspension.key(start);            // its hash is the state
     * c = -1;
     * switch (key.hashCode()) { case 1: goto resume1; case 2: goto resume2; ... default: goto second; }
     * if (key.equals("")) c = 0;              // never reached
     * second: switch (c) { default: goto first; }
     * ...                                     // the suspensions
     * resume1: restore...; push operands...; push value; goto resumption1;
     * first: restore the arguments
     * }</pre>
     *
     * @param suspensions writes code that no other code precedes
     */
    void emit(Runnable suspensions) {
        ResumeNode root = body.plan().entry().root();
        if (!(root instanceof Choice choice)) {
            if (root != null) {
                restore(root);
            }
            return;
        }
        List<Case> cases = choice.cases();
        int awaits = cases.size() - 1;
        Label[] labels = new Label[awaits];
        for (int i = 0; i < awaits; i++) {
            labels[i] = new Label();
        }
        Label first = new Label();
        choose(choice.entered(), labels, first);
        suspensions.run();
        for (int i = 0; i < awaits; i++) {
            code.mark(labels[i], cases.get(i).node().entered());
            resume((Resume) cases.get(i).node());
        }
        code.mark(first, cases.get(awaits).node().entered());
        restore(cases.get(awaits).node());
    }

    private void choose(StackMapFrame entered, Label[] labels, Label first) {
        int number = slots.end();
        int key = number + 1;
        Label second = new Label();
        StackMapFrame numbered = entered.withLocal(number, Opcodes.INTEGER);
        code.load(Kind.INT, slots.start())
                .invokeStatic(Abi.SUSPENSION, Abi.KEY, Abi.KEY_DESCRIPTOR)
                .store(Kind.REFERENCE, key)
                .op(Opcodes.ICONST_M1)
                .store(Kind.INT, number)
                .load(Kind.REFERENCE, key)
                .invoke(Opcodes.INVOKEVIRTUAL, STRING, "hashCode", "()I", false)
                .table(1, labels, second)
                .frame(numbered.withLocal(key, STRING))
                .load(Kind.REFERENCE, key)
                .constant("")
                .invoke(Opcodes.INVOKEVIRTUAL, STRING, "equals", "(Ljava/lang/Object;)Z", false)
                .jump(Opcodes.IFEQ, second)
                .op(Opcodes.ICONST_0)
                .store(Kind.INT, number)
                .mark(second, numbered)
                .load(Kind.INT, number)
                .lookup(first);
    }

    private void restore(ResumeNode node) {
        code.restoreLocals(node.restore(), slots.entry(), body.frameClass());
    }

    /**
     * Restores what an await needs. The await itself reads the value, in the source's try ranges.
     */
    private void resume(Resume node) {
        restore(node);
        BodyPlan plan = body.plan();
        ResumeStep step = node.resume().steps().get(0);
        for (Spill operand : step.push()) {
            code.restoreOperand(operand, slots.frame(), body.frameClass());
        }
        code.load(Kind.REFERENCE, slots.value());
        int state = step.states().get(0);
        if (plan.edits().points().get(state - 1).use() != Use.VALUE) {
            code.invokeStatic(Abi.SUSPENSION, Abi.ARRIVED, Abi.ARRIVED_DESCRIPTOR);
        }
        code.jump(Opcodes.GOTO, body.resumption(state));
    }
}
