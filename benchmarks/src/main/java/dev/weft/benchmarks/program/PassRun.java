package dev.weft.benchmarks.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * W9: one pass over a folder of class files, in a JVM that has just started. Arguments: pass,
 * input, output. What is done with compiled classes reads the output of the pass before it.
 */
public final class PassRun {
    private PassRun() {}

    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        Passes pass = Passes.named(args[0]);
        boolean compiled = args[0].endsWith("(compiled classes)");
        List<Path> files = classFiles(Path.of(args[compiled ? 2 : 1]));
        Path output = Files.createDirectories(Path.of(args[2] + (compiled ? "-copied" : "")));
        long passing = 0;
        int written = 0;
        long bytes = 0;
        for (Path file : files) {
            byte[] input = Files.readAllBytes(file);
            long begin = System.nanoTime();
            List<byte[]> results = pass.apply(input);
            passing += System.nanoTime() - begin;
            for (byte[] result : results) {
                Files.write(output.resolve(written++ + ".class"), result);
                bytes += result.length;
            }
        }
        double all = (System.nanoTime() - start) / 1e6;
        int classes = classFiles(Path.of(args[1])).size();
        String workload = String.format("%,d classes, cold JVM", classes);
        Out.print(workload, "ms, read + pass + write", all);
        Out.print(workload, "ms, pass alone", passing / 1e6);
        Out.print(workload, "MB written", bytes / 1e6);
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
    }
}
