package dev.weft.instrument.describe;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.decide.FrameNames;
import dev.weft.instrument.explain.AwaitState;
import dev.weft.instrument.explain.AwaitState.How;
import dev.weft.instrument.explain.MethodStates;
import dev.weft.instrument.explain.Sizes;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.read.CodeSizes;
import dev.weft.instrument.read.Parser;
import dev.weft.instrument.read.UnreadableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Describes the methods of a compiled class, as far as its code and its frame classes tell. */
public final class CompiledDescriber {
    private CompiledDescriber() {}

    /**
     * Describes the methods whose frame classes are found.
     *
     * @param frameClasses returns the class file of a frame class by its internal name
     */
    public static List<MethodStates> describe(
            ParsedClass compiled,
            byte[] classFile,
            Function<String, Optional<byte[]>> frameClasses) {
        CodeSizes sizes = new CodeSizes(classFile);
        List<MethodStates> methods = new ArrayList<>();
        for (MethodNode body : compiled.node().methods) {
            String frameClass = FrameNames.ofBody(body, compiled.name());
            Optional<byte[]> found =
                    frameClass == null ? Optional.empty() : frameClasses.apply(frameClass);
            if (found.isPresent()) {
                methods.add(method(body, sizes.of(body.name, body.desc), found.get()));
            }
        }
        return methods;
    }

    private static MethodStates method(MethodNode body, int size, byte[] frameClass) {
        List<AwaitState> awaits = new ArrayList<>();
        int frame = 0;
        try {
            ParsedClass parsed = Parser.parse(frameClass);
            awaits.addAll(awaits(table(parsed)));
            frame = frameSize(parsed);
        } catch (UnreadableClassException unreadable) {
            // Its size and its awaits are left out.
        }
        return new MethodStates(
                body.name,
                body.name,
                0,
                0,
                false,
                awaits,
                List.of(),
                List.of(),
                List.of(),
                new Sizes(0, size, 0, frame),
                "");
    }

    private static int frameSize(ParsedClass frameClass) {
        int small = 0;
        int large = 0;
        for (FieldNode field : frameClass.node().fields) {
            if (Type.getType(field.desc).getSize() == 2) {
                large++;
            } else {
                small++;
            }
        }
        return FrameSize.of(small, large);
    }

    private static String table(ParsedClass frameClass) {
        for (MethodNode method : frameClass.node().methods) {
            if (method.name.equals(Abi.TABLE) && method.desc.equals(Abi.TABLE_DESCRIPTOR)) {
                for (AbstractInsnNode insn : method.instructions) {
                    if (insn instanceof LdcInsnNode constant
                            && constant.cst instanceof String text) {
                        return text;
                    }
                }
            }
        }
        return "";
    }

    /** Reads the last part of a table, {@code 12:Prices.fetch,14}. */
    private static List<AwaitState> awaits(String table) {
        List<AwaitState> awaits = new ArrayList<>();
        String list = table.substring(table.lastIndexOf('\n') + 1);
        for (String entry : list.isEmpty() ? new String[0] : list.split(",", -1)) {
            int colon = entry.indexOf(':');
            String digits = colon < 0 ? entry : entry.substring(0, colon);
            int line = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
            String callee = colon < 0 ? "" : entry.substring(colon + 1);
            awaits.add(new AwaitState(awaits.size() + 1, line, callee, How.AWAIT, List.of()));
        }
        return awaits;
    }
}
