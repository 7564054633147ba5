package dev.weft.instrument.decide;

import dev.weft.instrument.analysis.Accessibility;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.analysis.Parameters;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlan.Argument;
import dev.weft.instrument.plan.BodyPlan.Home;
import dev.weft.instrument.plan.BodyPlan.Size;
import dev.weft.instrument.plan.DelayedConstruction;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.SharedResume;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.MethodNode;

/** Puts the plan of one body together. */
public final class BodyPlanner {
    /** Units of arguments that a constructor takes, of 255 (JVMS 4.3.3). */
    private static final int LIMIT = 250;

    private final Home home;
    private final MethodFacts facts;
    private final String frameClass;
    private final SpillPlanner keeping;
    private final SaveMethods saves;
    private final StackMapFrames shapes;

    private BodyPlanner(Home home, MethodFacts facts, String frameClass) {
        this.home = home;
        this.facts = facts;
        this.frameClass = frameClass;
        this.keeping = new SpillPlanner(new Accessibility(home.name(), facts.code()));
        this.saves = new SaveMethods(frameClass);
        this.shapes = new StackMapFrames(frameClass, method().maxLocals, facts.unfinished());
    }

    public static BodyPlan plan(Home home, MethodFacts facts, String frameClass) {
        return new BodyPlanner(home, facts, frameClass).plan();
    }

    private BodyPlan plan() {
        IndexedCode code = facts.code();
        List<Argument> arguments = arguments();
        List<Spill> captured = new ArrayList<>();
        for (Argument argument : arguments) {
            captured.add(argument.saved());
        }
        int fitting = fitting(arguments);
        List<SuspensionPoint> sites = new SuspensionPlanner(facts, keeping, saves, shapes).plan();
        List<SharedResume> chains = SharedResumePlanner.plan(facts.blocks(), sites);
        List<Object> first = shapes.locals(facts.entry().locals(), facts.liveness().before(0));
        List<DelayedConstruction> constructions = new ArrayList<>();
        for (Snapshot before : facts.constructions()) {
            constructions.add(ConstructionPlanner.plan(code, before));
        }
        Slots slots = Slots.behind(method().maxLocals);
        return new BodyPlan(
                home,
                code,
                frameClass,
                slots.descriptor(frameClass),
                table(sites),
                keeping.fields(),
                keeping.accessors(),
                saves.all(),
                arguments.subList(0, fitting),
                arguments.subList(fitting, arguments.size()),
                sites,
                new ResumePlanner(chains, captured, first, shapes).plan(),
                new ReturnPlanner(facts, sites).plan(),
                frames(),
                facts.unfinished(),
                constructions,
                new VariablePlanner(facts, sites).plan(),
                new Size(slots, temporaries(constructions), stack()));
    }

    private MethodNode method() {
        return facts.code().method();
    }

    /** The arguments that the body reads. */
    private List<Argument> arguments() {
        Map<Integer, String> descriptors = Parameters.bySlot(home.name(), method());
        BitSet live = facts.liveness().before(0);
        List<Argument> arguments = new ArrayList<>();
        for (Spill saved : keeping.locals(facts.entry().locals(), live)) {
            String descriptor = descriptors.getOrDefault(saved.position(), "");
            arguments.add(new Argument(descriptor, saved));
        }
        return arguments;
    }

    private static int fitting(List<Argument> arguments) {
        int units = 0;
        int count = 0;
        for (Argument argument : arguments) {
            units += argument.saved().kind().size;
            count += units <= LIMIT ? 1 : 0;
        }
        return count;
    }

    private String table(List<SuspensionPoint> sites) {
        StringBuilder table = new StringBuilder(home.name().replace('/', '.'));
        table.append('\n').append(method().name).append('\n').append(home.sourceFile());
        char separator = '\n';
        for (SuspensionPoint site : sites) {
            table.append(separator).append(facts.code().lineOf(site.index()));
            separator = ',';
        }
        return sites.isEmpty() ? table.append('\n').toString() : table.toString();
    }

    private List<StackMapFrame> frames() {
        List<StackMapFrame> frames = new ArrayList<>();
        IndexedCode code = facts.code();
        for (int i = code.frames().nextSetBit(0); i >= 0; i = code.frames().nextSetBit(i + 1)) {
            frames.add(shapes.of((FrameNode) code.get(i), facts.liveness().before(i)));
        }
        return frames;
    }

    private static int temporaries(List<DelayedConstruction> constructions) {
        int most = 0;
        for (DelayedConstruction construction : constructions) {
            int units = 1;
            for (Kind argument : construction.arguments()) {
                units += argument.size;
            }
            for (DelayedConstruction.Operand operand : construction.above()) {
                units += operand.copy() ? 0 : operand.kind().size;
            }
            most = Math.max(most, units);
        }
        return most;
    }

    /**
     * What the method needs, and under what lies there now SUSPENDED, the frame and the state; or
     * what saving needs, if that is more.
     */
    private int stack() {
        int most = method().maxStack;
        for (SaveMethod save : saves.all()) {
            int units = SaveMethod.units(save.stack()) + SaveMethod.units(save.locals());
            most = Math.max(most, units);
        }
        return most + 3;
    }
}
