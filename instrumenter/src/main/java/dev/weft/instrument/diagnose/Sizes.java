package dev.weft.instrument.diagnose;

import dev.weft.instrument.model.Problem;
import dev.weft.instrument.model.Problem.Rule;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.read.CodeSizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.MethodNode;

/** Problems of bodies that are too large for a class file or for HotSpot. */
public final class Sizes {
    /** HotSpot's HugeMethodLimit: it never compiles a method that has more bytes. */
    private static final int HUGE = 8000;

    private Sizes() {}

    /** Returns the bodies that HotSpot would always interpret, and their sizes. */
    public static Map<BodyPlan, Integer> huge(List<BodyPlan> plans, byte[] compiled) {
        if (compiled.length <= HUGE) {
            return Map.of();
        }
        CodeSizes sizes = new CodeSizes(compiled, HUGE + 1);
        Map<BodyPlan, Integer> huge = new LinkedHashMap<>();
        for (BodyPlan plan : plans) {
            int size = sizes.of(plan.home().method().name, plan.layout().descriptor());
            if (size > HUGE) {
                huge.put(plan, size);
            }
        }
        return huge;
    }

    /** Returns a warning for each of these bodies. */
    public static List<Problem> warnings(Map<BodyPlan, Integer> huge) {
        List<Problem> problems = new ArrayList<>();
        huge.forEach(
                (plan, size) -> {
                    String name = plan.home().method().name;
                    String message = hugeMessage(name, size);
                    int line = plan.home().line();
                    problems.add(new Problem(Rule.HUGE_METHOD, line, name, message));
                });
        return problems;
    }

    private static String hugeMessage(String name, int size) {
        return name
                + " has "
                + size
                + " bytes of code as a state machine; beyond "
                + HUGE
                + " HotSpot never compiles a method, it stays interpreted. Move parts of it into"
                + " methods of their own";
    }

    /**
     * Returns a refusal for each body beyond the 65,535 bytes of JVMS 4.7.3.
     *
     * @param excess by body: the size of one that is too large, else 0
     */
    public static List<Problem> tooLarge(List<BodyPlan> plans, int[] excess, byte[] original) {
        CodeSizes sizes = new CodeSizes(original);
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < excess.length; i++) {
            if (excess[i] > 0) {
                MethodNode method = plans.get(i).home().method();
                int before = sizes.of(method.name, method.desc);
                String message = tooLargeMessage(method.name, before, excess[i]);
                int line = plans.get(i).home().line();
                problems.add(new Problem(Rule.REFUSED, line, method.name, message));
            }
        }
        return problems;
    }

    private static String tooLargeMessage(String name, int before, int after) {
        return name
                + " is too large: "
                + before
                + " bytes of code before, "
                + after
                + " as a state machine; a class file takes 65535. Move parts of it into methods of"
                + " their own";
    }
}
