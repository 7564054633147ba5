package dev.weft.instrument.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * All decisions about one body. Positions are indexes of the method's instructions as they were
 * read.
 *
 * @param arguments what the first step reads from the frame
 */
public record BodyPlan(
        Home home,
        FrameClass frameClass,
        List<Spill> arguments,
        ResumeDispatch entry,
        List<Save.Ladder> saveLadders,
        Edits edits,
        Tables tables,
        Layout layout) {

    public AbstractInsnNode instruction(int index) {
        return home.method().instructions.get(index);
    }

    /** Returns whether the body awaits anything, or ends by a call of another body. */
    public boolean calls() {
        return !edits.points().isEmpty() || edits.hasTailCalls();
    }

    /** Returns how many instructions the method has, labels, lines and frames included. */
    public int length() {
        return home.method().instructions.size();
    }

    /**
     * The method of the source and its class.
     *
     * @param version of the class file
     * @param sourceFile empty if unknown
     * @param method as it was read; must not be changed
     * @param line the line that the method begins with; 0 if unknown
     * @param isTest true if the method passes its coroutine to weft-junit and returns nothing
     * @param shape of the body
     * @param debug whether bodies have names that debuggers take for those of lambdas
     */
    public record Home(
            String name,
            boolean isInterface,
            int version,
            String sourceFile,
            MethodNode method,
            int line,
            boolean isTest,
            Shape shape,
            boolean debug) {
        private static final String LAMBDA = "lambda$";

        /** Returns the name of the body. */
        public String bodyName() {
            return bodyName(method.name);
        }

        /**
         * Returns the name of the body of a method of the class. Debuggers and coverage tools skip
         * synthetic methods, but not the bodies of lambdas, which they know by their names.
         */
        public String bodyName(String method) {
            boolean hasLambdaName = debug || shape == Shape.COVERAGE;
            return hasLambdaName && !method.startsWith(LAMBDA) ? LAMBDA + method : method;
        }
    }

    /**
     * The class of the body's frames.
     *
     * @param name the internal name
     * @param table the lines of the awaits, as {@code Frame.table} returns them
     * @param captured the arguments that the constructor takes
     * @param surplus the arguments for which the constructor has no parameter
     */
    public record FrameClass(
            String name,
            String table,
            List<Field> fields,
            List<Accessor> accessors,
            List<SaveMethod> saves,
            List<Argument> captured,
            List<Argument> surplus) {

        /** Returns the descriptor of the constructor. */
        public String constructor() {
            StringBuilder text = new StringBuilder("(");
            for (Argument argument : captured) {
                text.append(argument.descriptor());
            }
            return text.append(")V").toString();
        }
    }

    /**
     * An argument that the body reads.
     *
     * @param slot in the method
     * @param field that captures it
     */
    public record Argument(String descriptor, int slot, Field field) {}

    /**
     * The body's tables.
     *
     * @param frames the frames that replace the method's own, in the order of the code
     * @param variables of the body
     * @param parameters of the method, which only captures them
     */
    public record Tables(
            List<StackMapFrame> frames,
            List<Variable> variables,
            List<LocalVariableNode> parameters) {}

    /**
     * The stack map frames that only a body has that others call.
     *
     * @param firstStep before the source's first instruction
     * @param resumed before the dispatch
     * @param thrown before the code that completes the trace of an exception
     */
    public record CalledFrames(
            StackMapFrame firstStep, StackMapFrame resumed, StackMapFrame thrown) {}

    /**
     * The body's descriptor and measures.
     *
     * @param parameters the types of the parameters, as a frame lists them
     * @param called null if no other body calls this one
     * @param stack the largest height of the operand stack
     * @param locals how many units the local variables take
     */
    public record Layout(
            Slots slots,
            String descriptor,
            List<Object> parameters,
            @Nullable CalledFrames called,
            int stack,
            int locals) {}
}
