/**
 * W10: says hello after one sleep of a millisecond. The driver compiles it with the JDK that runs it: for reflection, as in
 * the other workloads of virtual threads, the start would have to wait.
 */
public final class HelloVirtual {
    private HelloVirtual() {}

    public static void main(String[] args) throws InterruptedException {
        Thread.startVirtualThread(HelloVirtual::hello).join();
    }

    private static void hello() {
        try {
            Thread.sleep(1);
            System.out.println("hello");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
