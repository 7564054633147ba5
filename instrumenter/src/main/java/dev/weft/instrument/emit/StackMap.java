package dev.weft.instrument.emit;

import dev.weft.instrument.plan.StackMapFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LabelNode;

/**
 * The stack map of a method in the making. It writes each frame as what has changed since the last
 * (JVMS 4.7.4), because ASM would take long to find that out.
 */
final class StackMap {
    /** The number of locals that a frame can append or chop (JVMS 4.7.4). */
    private static final int FEW = 3;

    private static final Object[] NOTHING = {};

    private final MethodVisitor to;
    private List<Object> last;
    private @Nullable StackMapFrame pending;

    /**
     * @param entered the types of the method's parameters
     */
    StackMap(MethodVisitor to, List<Object> entered) {
        this.to = to;
        this.last = entered;
    }

    /**
     * Sets the frame of the next instruction. Of two frames for one instruction the later is
     * written, which is the source's.
     */
    void next(StackMapFrame shape) {
        pending = shape;
    }

    /** Writes the frame, if there is one, before an instruction. */
    void flush() {
        if (pending != null) {
            write(pending.locals(), pending.stack());
            last = pending.locals();
            pending = null;
        }
    }

    private void write(List<Object> locals, List<Object> stack) {
        int more = locals.size() - last.size();
        int common = Math.min(locals.size(), last.size());
        boolean full =
                stack.size() > 1
                        || Math.abs(more) > FEW
                        || (more != 0 && !stack.isEmpty())
                        || !beginEqually(locals, last, common);
        if (full) {
            visit(Opcodes.F_FULL, locals, stack);
        } else if (more > 0) {
            visit(Opcodes.F_APPEND, locals.subList(common, locals.size()), List.of());
        } else if (more < 0) {
            to.visitFrame(Opcodes.F_CHOP, -more, NOTHING, 0, NOTHING);
        } else {
            visit(stack.isEmpty() ? Opcodes.F_SAME : Opcodes.F_SAME1, List.of(), stack);
        }
    }

    private static boolean beginEqually(List<Object> a, List<Object> b, int count) {
        for (int i = 0; i < count; i++) {
            if (!a.get(i).equals(b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void visit(int type, List<Object> locals, List<Object> stack) {
        to.visitFrame(type, locals.size(), types(locals), stack.size(), types(stack));
    }

    private static Object[] types(List<Object> types) {
        if (types.isEmpty()) {
            return NOTHING;
        }
        Object[] written = types.toArray();
        for (int i = 0; i < written.length; i++) {
            if (written[i] instanceof LabelNode allocation) {
                written[i] = allocation.getLabel();
            }
        }
        return written;
    }
}
