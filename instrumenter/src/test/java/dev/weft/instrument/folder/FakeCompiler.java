package dev.weft.instrument.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A compiler whose class files are lines of text, told apart by their first word. A class that
 * javac has written comes from {@link #source}, one in error from {@link #wrong}, a frame class
 * from {@link #frame}, and a compiled class from {@link #compiled}.
 */
final class FakeCompiler implements ClassCompiler {

    static byte[] source(String name, String... methods) {
        return ("source dev/weft " + name + " " + String.join(" ", methods)).getBytes(UTF_8);
    }

    static byte[] wrong(String name, String... linesAndMessages) {
        return ("wrong dev/weft " + name + " " + String.join(";", linesAndMessages))
                .getBytes(UTF_8);
    }

    static byte[] frame(String owner) {
        return ("frame dev/weft " + owner).getBytes(UTF_8);
    }

    static byte[] compiled(String... frames) {
        return ("compiled dev/weft " + String.join(" ", frames)).getBytes(UTF_8);
    }

    @Override
    public boolean concerns(byte[] classFile) {
        return new String(classFile, UTF_8).contains("dev/weft");
    }

    @Override
    public Compiled compile(byte[] classFile) {
        String text = new String(classFile, UTF_8);
        List<String> words = List.of(text.split(" ", 4));
        return switch (words.get(0)) {
            case "source" -> compile(words.get(2), List.of(words.get(3).split(" ")));
            case "wrong" -> new Compiled(List.of(), errors(words.get(2), words.get(3)));
            case "unknown" -> new Compiled(List.of(), List.of(unknown()));
            case "broken" -> throw new ArrayIndexOutOfBoundsException("broken");
            default -> new Compiled(List.of(), List.of());
        };
    }

    @Override
    public boolean isCurrent(byte[] classFile) {
        return true;
    }

    @Override
    public Compiled recompile(byte[] compiled, byte[] original) {
        return new Compiled(List.of(), List.of());
    }

    @Override
    public String frameOwner(byte[] classFile) {
        String[] words = new String(classFile, UTF_8).split(" ", 3);
        return words[0].equals("frame") ? words[2] : null;
    }

    @Override
    public List<String> frameClasses(byte[] classFile) {
        String[] words = new String(classFile, UTF_8).split(" ");
        return words[0].equals("compiled") ? List.of(words).subList(2, words.length) : List.of();
    }

    private static Compiled compile(String name, List<String> methods) {
        String[] frames = methods.stream().map(m -> name + "$" + m).toArray(String[]::new);
        List<ClassFile> files = new ArrayList<>();
        files.add(new ClassFile(name, compiled(frames)));
        for (String frame : frames) {
            files.add(new ClassFile(frame, frame(name)));
        }
        return new Compiled(files, List.of());
    }

    private static List<Diagnostic> errors(String name, String linesAndMessages) {
        return Arrays.stream(linesAndMessages.split(";"))
                .map(error -> error.split(":", 2))
                .map(error -> error(name, Integer.parseInt(error[0]), error[1]))
                .toList();
    }

    private static Diagnostic unknown() {
        return new Diagnostic(Severity.ERROR, null, "", 0, "", "", "not known");
    }

    private static Diagnostic error(String name, int line, String message) {
        return new Diagnostic(Severity.ERROR, null, name + ".java", line, name, "m", message);
    }
}
