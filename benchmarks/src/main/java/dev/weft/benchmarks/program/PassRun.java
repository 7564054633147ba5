package dev.weft.benchmarks.program;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * W9: one pass over a folder of class files, in a JVM that has just started. The figures do not
 * include reading and writing the files: the time that file systems need for a few thousand files
 * varies tenfold. Arguments: pass, input, and the output of Weft's pass, which is also the input of
 * the passes over compiled classes.
 */
public final class PassRun {
    private PassRun() {}

    public static void main(String[] args) throws IOException {
        Passes pass = Passes.named(args[0]);
        List<byte[]> inputs = read(Path.of(args[args[0].contains("compiled") ? 2 : 1]));
        List<byte[]> outputs = new ArrayList<>();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (byte[] input : inputs) {
            outputs.addAll(pass.apply(input));
        }
        double millis = (System.nanoTime() - start) / 1e6;
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (pass == Passes.WEFT) {
            write(outputs, Path.of(args[2]));
        }
        int classes = classFiles(Path.of(args[1])).size();
        String workload = String.format("%,d classes, cold JVM", classes);
        Out.print(workload, "ms", millis);
        Out.print(workload, "KB allocated per class", allocated / 1e3 / classes);
        Out.print(workload, "class files", outputs.size());
        Out.print(workload, "MB", outputs.stream().mapToLong(output -> output.length).sum() / 1e6);
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
    }

    private static List<byte[]> read(Path folder) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : classFiles(folder)) {
            contents.add(Files.readAllBytes(file));
        }
        return contents;
    }

    private static void write(List<byte[]> contents, Path folder) throws IOException {
        for (Path stale : classFiles(Files.createDirectories(folder))) {
            Files.delete(stale);
        }
        for (int i = 0; i < contents.size(); i++) {
            Files.write(folder.resolve(i + ".class"), contents.get(i));
        }
    }
}
