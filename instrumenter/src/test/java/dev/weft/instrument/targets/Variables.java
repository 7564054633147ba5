package dev.weft.instrument.targets;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/** Compares a method's table of variables with the data flow of the slots. */
final class Variables {
    private Variables() {}

    /** Returns the variables whose slot has no value in their range, or a value of another kind. */
    static List<String> wrong(String owner, MethodNode method) throws AnalyzerException {
        List<String> wrong = new ArrayList<>();
        if (method.localVariables == null || method.instructions.size() == 0) {
            return wrong;
        }
        Frame<BasicValue>[] frames = new Analyzer<>(new BasicInterpreter()).analyze(owner, method);
        for (LocalVariableNode variable : method.localVariables) {
            int end = method.instructions.indexOf(variable.end);
            for (int at = method.instructions.indexOf(variable.start); at < end; at++) {
                if (frames[at] != null
                        && method.instructions.get(at).getOpcode() >= 0
                        && !holds(frames[at].getLocal(variable.index), variable.desc)) {
                    wrong.add(method.name + ": " + variable.name + " at " + at);
                    break;
                }
            }
        }
        return wrong;
    }

    /** The variables whose range covers no instruction. */
    static List<String> withoutCode(MethodNode method) {
        List<String> found = new ArrayList<>();
        List<LocalVariableNode> variables = method.localVariables;
        for (LocalVariableNode variable :
                variables == null ? List.<LocalVariableNode>of() : variables) {
            int end = method.instructions.indexOf(variable.end);
            int at = method.instructions.indexOf(variable.start);
            while (at < end && method.instructions.get(at).getOpcode() < 0) {
                at++;
            }
            if (at == end) {
                found.add(method.name + ": " + variable.name);
            }
        }
        return found;
    }

    private static boolean holds(BasicValue value, String descriptor) {
        return switch (Type.getType(descriptor).getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.SHORT, Type.CHAR, Type.INT ->
                    value.equals(BasicValue.INT_VALUE);
            case Type.LONG -> value.equals(BasicValue.LONG_VALUE);
            case Type.FLOAT -> value.equals(BasicValue.FLOAT_VALUE);
            case Type.DOUBLE -> value.equals(BasicValue.DOUBLE_VALUE);
            default -> value.isReference();
        };
    }
}
