package dev.weft.instrument.emit;

import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.ResumeDispatch.Branch;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * What stands before the source's code. No line of the source belongs to it, so that no debugger
 * stops here; and every jump from here goes forward.
 */
final class ResumeDispatchEmitter {
    private final BodyPlan plan;
    private final Slots slots;
    private final CodeWriter code;
    private final SharedResumeEmitter chains;
    private final List<Branch> branches;

    /** By branch: where it begins, once it has parted; null if it does not jump. */
    private final @Nullable Label[] labels;

    /** By branch: where it finds the frame, once it has parted. */
    private final int[] frameSlots;

    /**
     * @param resumptions where each await goes on, in their order
     */
    ResumeDispatchEmitter(BodyPlan plan, CodeWriter code, Label[] resumptions) {
        this.plan = plan;
        this.slots = plan.size().slots();
        this.code = code;
        this.chains = new SharedResumeEmitter(plan, resumptions, code);
        this.branches = plan.entry().branches();
        this.labels = new Label[branches.size()];
        this.frameSlots = new int[branches.size()];
    }

    /**
     *
     *
     * <pre>{@code
     * static Object body(Frames frame, Task task, Object value) {
     *     a = frame...;                        // what every branch has
     *     if (state == 2) { c = frame...; goto resumption2; }
     *     b = frame...;                        // what all others have
     *     if (state == 0) goto first;
     *     c = frame...; goto resumption1;
     *     first: d = frame...;             // or, if nothing stands before it, without a jump
     *     ...
     * }
     * }</pre>
     *
     * or a table in the place of the tests.
     */
    void enter() {
        parameters();
        if (plan.entry().table()) {
            choose();
        } else {
            part();
        }
        for (int i = 0; i < labels.length; i++) {
            if (branches.get(i).chain() != null && !isDirect(branches.get(i))) {
                begin(i);
            }
        }
        for (int i = 0; i < labels.length; i++) {
            if (branches.get(i).chain() == null) {
                begin(i);
            }
        }
    }

    private void parameters() {
        if (slots.move()) {
            move(Kind.REFERENCE, Slots.ENTRY, slots.frame());
            move(Kind.INT, 1, slots.state());
            move(Kind.REFERENCE, 2, slots.task());
            move(Kind.REFERENCE, 3, slots.value());
        }
    }

    private void move(Kind kind, int from, int to) {
        code.load(kind, from).store(kind, to);
    }

    private void choose() {
        Label[] cases = new Label[plan.sites().size()];
        Label first = new Label();
        for (int i = 0; i < labels.length; i++) {
            Branch branch = branches.get(i);
            Label label = branch.chain() == null ? first : target(branch);
            labels[i] = label;
            for (SuspensionPoint site : sites(branch)) {
                cases[site.state() - 1] = label;
            }
        }
        code.load(Kind.INT, slots.state()).table(1, cases, first);
    }

    private void part() {
        int frame = Slots.ENTRY;
        int last = labels.length - 1;
        for (int i = 0; i <= last; i++) {
            Branch branch = branches.get(i);
            code.restoreLocals(branch.shared(), frame, plan.frameClass());
            for (Spill saved : branch.shared()) {
                frame = saved.position() == Slots.ENTRY ? slots.frame() : frame;
            }
            frameSlots[i] = frame;
            if (i == last - 1 && firstCanFollow()) {
                Label resumption = target(branches.get(last));
                code.load(Kind.INT, slots.state()).jump(Opcodes.IFNE, resumption);
                goOn(i);
                return;
            }
            if (i < last) {
                Label label = target(branch);
                labels[i] = label;
                partIfThis(branch, label);
            }
        }
        goOn(last);
    }

    /** Whether what parts last goes on at once, and nothing stands before the first step then. */
    private boolean firstCanFollow() {
        int last = labels.length - 1;
        for (int i = 0; i <= last; i++) {
            Branch branch = branches.get(i);
            if (branch.chain() == null ? i != last - 1 : !isDirect(branch)) {
                return false;
            }
        }
        return branches.get(last).shared().isEmpty();
    }

    /** An await that has nothing left to bring back goes on at once. */
    private static boolean isDirect(Branch branch) {
        return branch.chain() != null
                && branch.rest().isEmpty()
                && branch.chain().isOneWithEmptyStack();
    }

    private Label target(Branch branch) {
        return isDirect(branch) ? chains.resumption(sites(branch).get(0)) : new Label();
    }

    private static List<SuspensionPoint> sites(Branch branch) {
        return branch.chain() == null ? List.of() : branch.chain().sites();
    }

    private void partIfThis(Branch branch, Label label) {
        if (branch.chain() == null) {
            code.jumpIfEqual(slots.state(), 0, label);
        }
        for (SuspensionPoint site : sites(branch)) {
            code.jumpIfEqual(slots.state(), site.state(), label);
        }
    }

    private void begin(int number) {
        Label label = labels[number];
        if (label != null) {
            code.mark(label, branches.get(number).shape());
            goOn(number);
        }
    }

    private void goOn(int number) {
        Branch branch = branches.get(number);
        code.restoreLocals(branch.rest(), frameSlots[number], plan.frameClass());
        if (branch.chain() != null) {
            chains.goOn(branch.chain());
        }
    }
}
