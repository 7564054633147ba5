package dev.weft.instrument.decide;

import dev.weft.instrument.analysis.Accessibility;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.analysis.Parameters;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlan.Argument;
import dev.weft.instrument.plan.BodyPlan.CalledFrames;
import dev.weft.instrument.plan.BodyPlan.FrameClass;
import dev.weft.instrument.plan.BodyPlan.Home;
import dev.weft.instrument.plan.BodyPlan.Layout;
import dev.weft.instrument.plan.BodyPlan.Tables;
import dev.weft.instrument.plan.Callee;
import dev.weft.instrument.plan.DelayedConstruction;
import dev.weft.instrument.plan.Edits;
import dev.weft.instrument.plan.ResumeDispatch;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.Shape;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** Plans one body, by the planners of its parts. */
public final class BodyPlanner {
    /**
     * The largest number of units of arguments for a constructor; a class file allows 255 (JVMS
     * 4.3.3).
     */
    private static final int LIMIT = 250;

    /** A body is large from this number of live variables on, summed over all awaits. */
    private static final int LARGE = 1_500;

    private final Home home;
    private final MethodFacts facts;
    private final String frameClass;
    private final DirectCalls calls;
    private final @Nullable Callee callee;
    private final Slots slots;
    private final SpillPlanner spills;
    private final StackMapFrames frames;

    private BodyPlanner(Home home, MethodFacts facts, String frameClass, DirectCalls calls) {
        this.home = home;
        this.facts = facts;
        this.frameClass = frameClass;
        this.calls = calls;
        this.callee = calls.callee(home.method());
        this.slots = callee == null ? SlotPlanner.plan(facts.code().locals()) : callee.slots();
        this.spills =
                new SpillPlanner(
                        new Accessibility(home.name(), facts.code()), slots, isLarge(facts));
        this.frames =
                new StackMapFrames(
                        slots, facts.code().locals(), frameClass, facts.unfinished().allocations());
    }

    private static boolean isLarge(MethodFacts facts) {
        int values = 0;
        for (Snapshot await : facts.stops().awaits()) {
            values += facts.liveness().before(await.index()).cardinality();
        }
        return values >= LARGE;
    }

    /**
     * Plans a body.
     *
     * @param frameClass the internal name for the class of its frames
     */
    public static BodyPlan plan(
            Home home, MethodFacts facts, String frameClass, DirectCalls calls) {
        return new BodyPlanner(home, facts, frameClass, calls).plan();
    }

    private BodyPlan plan() {
        List<Spill> first =
                spills.locals(facts.stops().entry().locals(), facts.liveness().before(0));
        List<Crossing> crossings =
                new SuspensionPlanner(facts, spills, frames, home.shape()).plan();
        SavePlanner saves = new SavePlanner(crossings, frames, frameClass);
        DirectCallPlanner direct = new DirectCallPlanner(facts, calls, frames);
        Edits edits =
                new EditPlanner(facts, direct, home.shape())
                        .plan(crossings, saves.saves(), slots.shift());
        ResumePlanner resumes =
                new ResumePlanner(facts.blocks(), frames, slots, !saves.ladders().isEmpty());
        ResumeDispatch entry =
                home.shape() == Shape.COVERAGE
                        ? resumes.planApart(crossings, first)
                        : resumes.plan(crossings, callee == null ? first : null);
        return new BodyPlan(
                home,
                frameClass(
                        arguments(first), saves.methods(), AwaitTable.of(home, facts, crossings)),
                first,
                entry,
                saves.ladders(),
                edits,
                new Tables(
                        sourceFrames(),
                        new VariablePlanner(facts, crossings, edits).plan(),
                        parameterVariables()),
                layout(edits, saves.methods()));
    }

    private MethodNode method() {
        return home.method();
    }

    private FrameClass frameClass(List<Argument> arguments, List<SaveMethod> saves, String table) {
        int fitting = fitting(arguments);
        return new FrameClass(
                frameClass,
                table,
                spills.fields(),
                spills.accessors(),
                saves,
                arguments.subList(0, fitting),
                arguments.subList(fitting, arguments.size()));
    }

    /** Returns the arguments that the body reads. */
    private List<Argument> arguments(List<Spill> first) {
        List<@Nullable String> descriptors = Parameters.bySlot(home.name(), method());
        List<Argument> arguments = new ArrayList<>();
        for (Spill spill : first) {
            int slot = spill.position() - slots.shift();
            if (spill instanceof Spill.InField captured) {
                String descriptor = descriptors.get(slot);
                arguments.add(
                        new Argument(descriptor == null ? "" : descriptor, slot, captured.field()));
            }
        }
        return arguments;
    }

    private static int fitting(List<Argument> arguments) {
        int units = 0;
        int count = 0;
        for (Argument argument : arguments) {
            units += argument.field().kind.size;
            count += units <= LIMIT ? 1 : 0;
        }
        return count;
    }

    private List<StackMapFrame> sourceFrames() {
        List<StackMapFrame> all = new ArrayList<>();
        IndexedCode code = facts.code();
        for (int i = code.frames().nextSetBit(0); i >= 0; i = code.frames().nextSetBit(i + 1)) {
            all.add(frames.of((FrameNode) code.get(i), facts.liveness().before(i)));
        }
        return all;
    }

    /** Returns the debug entries of the parameters, which stay in the method that captures them. */
    private List<LocalVariableNode> parameterVariables() {
        List<LocalVariableNode> variables = method().localVariables;
        if (variables == null) {
            return List.of();
        }
        List<@Nullable String> missing = Parameters.bySlot(home.name(), method());
        List<LocalVariableNode> parameters = new ArrayList<>();
        for (LocalVariableNode variable : variables) {
            if (variable.index < missing.size()
                    && variable.desc.equals(missing.get(variable.index))) {
                missing.set(variable.index, null);
                parameters.add(variable);
            }
        }
        return parameters;
    }

    private Layout layout(Edits edits, List<SaveMethod> saves) {
        return new Layout(
                slots,
                callee == null ? SlotPlanner.descriptor(slots, frameClass) : callee.descriptor(),
                callee == null ? SlotPlanner.parameters(slots, frameClass) : callee.parameters(),
                callee == null ? null : calledFrames(),
                stack(edits, saves),
                slots.end() + Math.max(temporaries(edits), home.shape().temporaries()));
    }

    private CalledFrames calledFrames() {
        return new CalledFrames(
                frames.called(facts.stops().entry().locals(), facts.liveness().before(0)),
                frames.resumed(),
                frames.thrown());
    }

    /** Returns how many units the temporaries of delayed constructor calls take. */
    private int temporaries(Edits edits) {
        int most = 0;
        for (int i = 0;
                i < facts.code().size() && !facts.unfinished().constructions().isEmpty();
                i++) {
            if (edits.at(i) instanceof DelayedConstruction construction) {
                int units = 1;
                for (Kind argument : construction.arguments()) {
                    units += argument.size;
                }
                for (DelayedConstruction.Operand operand : construction.above()) {
                    units += operand.copy() ? 0 : operand.kind().size;
                }
                most = Math.max(most, units);
            }
        }
        return most;
    }

    /**
     * Returns the maximum stack height: the source's own, or that of the largest save call, or of
     * the constructor, and above that what a direct call takes beside its arguments.
     */
    private int stack(Edits edits, List<SaveMethod> saves) {
        int most = Math.max(method().maxStack, callee == null ? 0 : facts.code().locals());
        for (SaveMethod save : saves) {
            int units = SaveMethod.units(save.stack()) + SaveMethod.units(save.locals());
            most = Math.max(most, units);
        }
        return most + Slots.OWN + edits.mostFillers();
    }
}
