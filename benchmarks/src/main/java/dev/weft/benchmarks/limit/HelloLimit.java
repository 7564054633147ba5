package dev.weft.benchmarks.limit;

/** W10: says hello after one sleep of a millisecond. */
public final class HelloLimit {
    private HelloLimit() {}

    public static void main(String[] args) {
        LimitPeer.run(new Loop(), new Hello());
    }

    private static final class Hello extends Frame {
        @Override
        Object step(Task task, Object value) {
            if (state == 0) {
                state = 1;
                task.loop.sleepUntil(task, System.nanoTime() + 1_000_000);
                return task.suspend(this);
            }
            System.out.println("hello");
            return null;
        }
    }
}
