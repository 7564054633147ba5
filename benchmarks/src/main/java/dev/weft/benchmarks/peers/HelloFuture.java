package dev.weft.benchmarks.peers;

/** W10: says hello after one sleep of a millisecond. */
public final class HelloFuture {
    private HelloFuture() {}

    public static void main(String[] args) {
        FutureLoop loop = new FutureLoop();
        loop.runUntil(loop.sleep(1_000_000).thenRun(() -> System.out.println("hello")));
    }
}
