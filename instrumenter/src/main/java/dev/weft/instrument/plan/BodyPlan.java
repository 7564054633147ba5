package dev.weft.instrument.plan;

import dev.weft.instrument.analysis.IndexedCode;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * All that is decided about one body. Positions are indexes of its instructions as they were read.
 *
 * @param frameClass the internal name of the class of its frames
 * @param descriptor of the body
 * @param table what that class says of the method: class, method, file, the line of each await
 * @param captured the arguments that the frame class's constructor takes
 * @param surplusArguments the arguments that it has no parameter for
 * @param frames what the method's own frames become, in the order of the code
 * @param allocations the NEW instructions that only keep their place in the order of initialisation
 */
public record BodyPlan(
        Home home,
        IndexedCode code,
        String frameClass,
        String descriptor,
        String table,
        List<Field> fields,
        List<Accessor> accessors,
        List<SaveMethod> saves,
        List<Argument> captured,
        List<Argument> surplusArguments,
        List<SuspensionPoint> sites,
        ResumeDispatch entry,
        List<ReturnPlan> exits,
        List<StackMapFrame> frames,
        Set<TypeInsnNode> allocations,
        List<DelayedConstruction> constructions,
        List<Variable> variables,
        Size size) {
    /** The class around the method. */
    public record Home(String name, boolean isInterface, int version, String sourceFile) {}

    /** The line that the method begins with; 0 if unknown. */
    public int line() {
        return code.firstLine();
    }

    /** An argument, as the method's descriptor has it, and how it reaches the body. */
    public record Argument(String descriptor, Spill saved) {}

    /**
     * The body's measures.
     *
     * @param slots the compiler's local variables, behind those of the method
     * @param temporaries how many units it needs behind its three
     * @param stack the operand stack's limit
     */
    public record Size(Slots slots, int temporaries, int stack) {}
}
