package dev.weft.benchmarks.program;

/** W10: the JVM by itself. */
public final class HelloEmpty {
    private HelloEmpty() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
