package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableAnnotationNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** The body's table of variables, and the labels that it needs in the code. */
final class VariableEmitter {
    /** The name of {@code this}: debuggers hide a variable with that name in a static method. */
    private static final String THIS = "$this";

    private final BodyPlan plan;
    private final int size;
    private final int shift;

    /** The labels at which ranges begin or end, by index of the next instruction. */
    private final @Nullable Label[] borders;

    /** The subset that only this class sets. */
    private final @Nullable Label[] own;

    VariableEmitter(BodyCode body) {
        this.plan = body.plan();
        this.shift = plan.layout().slots().shift();
        this.size = plan.tables().variables().isEmpty() ? 0 : plan.length() + 1;
        this.borders = new Label[size];
        this.own = new Label[size];
        if (size > 0) {
            for (SuspensionPoint point : plan.edits().points()) {
                // a variable that the await forgets ends here
                borders[point.index()] = body.end(point);
            }
            for (Variable variable : plan.tables().variables()) {
                border(variable.from());
                border(variable.to());
            }
        }
    }

    private Label border(int index) {
        Label border = borders[index];
        if (border == null) {
            border = existing(index);
            if (border == null) {
                border = new Label();
                own[index] = border;
            }
            borders[index] = border;
        }
        return border;
    }

    private @Nullable Label existing(int index) {
        return index < size - 1 && plan.instruction(index) instanceof LabelNode label
                ? label.getLabel()
                : null;
    }

    /** Sets the label before an instruction, or at the end of the code. */
    void mark(int index, CodeWriter code) {
        Label label = size == 0 ? null : own[index];
        if (label != null) {
            code.mark(label);
        }
    }

    void emit(MethodVisitor to) {
        for (Variable variable : plan.tables().variables()) {
            LocalVariableNode original = variable.original();
            to.visitLocalVariable(
                    original.name.equals("this") ? THIS : original.name,
                    original.desc,
                    original.signature,
                    border(variable.from()),
                    border(variable.to()),
                    original.index + shift);
        }
        MethodNode method = plan.home().method();
        annotations(method.visibleLocalVariableAnnotations, true, to);
        annotations(method.invisibleLocalVariableAnnotations, false, to);
    }

    private void annotations(
            @Nullable List<LocalVariableAnnotationNode> annotations,
            boolean visible,
            MethodVisitor to) {
        if (annotations == null) {
            return;
        }
        for (LocalVariableAnnotationNode annotation : annotations) {
            int[] slots = new int[annotation.index.size()];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = annotation.index.get(i) + shift;
            }
            annotation.accept(
                    to.visitLocalVariableAnnotation(
                            annotation.typeRef,
                            annotation.typePath,
                            labels(annotation.start),
                            labels(annotation.end),
                            slots,
                            annotation.desc,
                            visible));
        }
    }

    private static Label[] labels(List<LabelNode> nodes) {
        Label[] labels = new Label[nodes.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = nodes.get(i).getLabel();
        }
        return labels;
    }
}
