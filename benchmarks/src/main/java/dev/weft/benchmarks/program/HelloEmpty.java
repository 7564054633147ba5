package dev.weft.benchmarks.program;

/** W10: the JVM alone. */
public final class HelloEmpty {
    private HelloEmpty() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
