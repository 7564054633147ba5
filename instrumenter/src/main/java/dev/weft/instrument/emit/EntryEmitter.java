package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.Chain;
import dev.weft.instrument.plan.Shape;
import dev.weft.instrument.plan.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * What stands before the source's code. No line of the source belongs to it, so that no debugger
 * stops here; and every jump from here goes forward.
 */
final class EntryEmitter {
    /** Up to so many states tests are smaller than a table. */
    private static final int FEW = 3;

    private final BodyPlan plan;
    private final Slots slots;
    private final CodeWriter code;
    private final Label first = new Label();

    EntryEmitter(BodyPlan plan, CodeWriter code) {
        this.plan = plan;
        this.slots = Slots.of(plan);
        this.code = code;
    }

    /**
     *
     *
     * <pre>{@code
     * static Object body(Frames frame, Task task, Object value) {
     *     switch (frame.state) {
     *         case 1: case 2: x = frame...; if (frame.state == 1) goto resumption1; goto resumption2;
     *         ...
     *         default: argument = frame...;
     *     }
     *     ...
     * }
     * }</pre>
     *
     * @param resumptions where each await goes on, in their order
     */
    void enter(Label[] resumptions) {
        parameters();
        if (resumptions.length > 0) {
            Label[] cases = new Label[resumptions.length];
            List<Label> chains = new ArrayList<>();
            for (Chain chain : plan.chains()) {
                Label label = new Label();
                chains.add(label);
                for (Chain.Rung rung : chain.rungs()) {
                    for (Site site : rung.sites()) {
                        cases[site.state() - 1] = label;
                    }
                }
            }
            choose(chains, cases);
            Shape entered = entered();
            ChainEmitter emitter = new ChainEmitter(plan, resumptions, code);
            for (int i = 0; i < chains.size(); i++) {
                code.mark(chains.get(i), entered);
                emitter.restore(plan.chains().get(i));
            }
            code.mark(first, entered);
        }
        code.restoreLocals(plan.arguments(), plan.frameClass());
    }

    /**
     * The three parameters go behind the source's variables. They may overlap: the last goes first.
     */
    private void parameters() {
        code.load(Kind.REFERENCE, 2)
                .store(Kind.REFERENCE, slots.value())
                .load(Kind.REFERENCE, 1)
                .store(Kind.REFERENCE, slots.task())
                .load(Kind.REFERENCE, 0)
                .store(Kind.REFERENCE, slots.frame());
    }

    /** Goes to the chain of the state, or on to the first one, which follows. */
    private void choose(List<Label> chains, Label[] cases) {
        code.state(Slots.ENTRY);
        if (chains.size() > 1 && cases.length > FEW) {
            code.table(1, cases, first);
            return;
        }
        code.jump(Opcodes.IFEQ, first);
        for (int i = 0; i < cases.length; i++) {
            if (cases[i] != chains.get(0)) {
                code.state(Slots.ENTRY).push(i + 1).jump(Opcodes.IF_ICMPEQ, cases[i]);
            }
        }
    }

    /** Nothing yet but the frame, also where it came in, the task and the value. */
    private Shape entered() {
        List<Object> types = new ArrayList<>();
        types.addAll(Collections.nCopies(plan.size().slots(), Opcodes.TOP));
        types.add(plan.frameClass());
        types.set(Slots.ENTRY, plan.frameClass());
        types.add(Abi.TASK);
        types.add(Generated.OBJECT_TYPE);
        return new Shape(types, List.of());
    }
}
