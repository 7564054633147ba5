package dev.weft.benchmarks.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * W9: one pass over a folder of class files, in a JVM that has just started. Arguments: pass,
 * input, output.
 */
public final class PassRun {
    private PassRun() {}

    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        Passes pass = Passes.named(args[0]);
        Path output = Files.createDirectories(Path.of(args[2]));
        List<Path> files;
        try (Stream<Path> found = Files.walk(Path.of(args[1]))) {
            files = found.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
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
        String workload = String.format("%,d classes, cold JVM", files.size());
        Out.print(workload, "ms, read + pass + write", (System.nanoTime() - start) / 1e6);
        Out.print(workload, "ms, pass alone", passing / 1e6);
        Out.print(workload, "MB written", bytes / 1e6);
    }
}
