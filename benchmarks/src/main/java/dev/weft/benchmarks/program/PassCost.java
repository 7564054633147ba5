package dev.weft.benchmarks.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * W9: the cost of single classes: classes without Weft, a class that only uses Weft, and a class
 * with a method of 1,000 awaits. Arguments: pass, the folder of {@link PassInput}, a jar.
 */
public final class PassCost {
    private static final long WARM = 2_000_000_000L;

    private PassCost() {}

    public static void main(String[] args) throws IOException {
        Passes pass = Passes.named(args[0]);
        Path made = Path.of(args[1]);
        print(pass, "class without async, never met Weft", classesOf(args[2]));
        print(
                pass,
                "class without async, uses Weft",
                List.of(read(made.resolve("mention/made/Mention.class"))));
        print(
                pass,
                "method with 1,000 awaits",
                List.of(read(made.resolve("awaits/made/Awaits.class"))));
    }

    private static void print(Passes pass, String workload, List<byte[]> inputs) {
        Out.print(workload, "µs per class, cold JVM", microsPerClass(pass, inputs));
        long start = System.nanoTime();
        double best = Double.MAX_VALUE;
        while (System.nanoTime() - start < WARM) {
            best = Math.min(best, microsPerClass(pass, inputs));
        }
        Out.print(workload, "µs per class, warm", best);
    }

    private static double microsPerClass(Passes pass, List<byte[]> inputs) {
        long start = System.nanoTime();
        for (byte[] input : inputs) {
            pass.apply(input);
        }
        return (System.nanoTime() - start) / 1e3 / inputs.size();
    }

    private static byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    private static List<byte[]> classesOf(String file) throws IOException {
        List<byte[]> classes = new ArrayList<>();
        try (JarFile jar = new JarFile(file)) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        classes.add(in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }
}
